import { beforeAll, describe, expect, test, vi } from "vitest";

import { invertScalar, type Group } from "../../tally/groups/interface";
import { groupByName } from "../../tally/groups/choice";
import { randomScalar, systemRng } from "../../tally/groups/random";
import { ready } from "../../tally/groups/sodium";
import { refusal } from "./helpers";

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

beforeAll(ready);

test("an unknown group is refused", () => {
  expect(refusal(() => groupByName("RFC-3526-4096"))).toBe("group_unknown");
});

describe.each(["Ed25519", "BELENIOS-2048"])("the group %s", (name) => {
  let group: Group;
  beforeAll(() => {
    group = groupByName(name);
  });
  const scalar = (): bigint => randomScalar(group.q, systemRng);

  test("adds exponents", () => {
    const [a, b] = [scalar(), scalar()];
    expect(group.mul(group.powG(a), group.powG(b)).text).toBe(group.powG(a + b).text);
    expect(group.pow(group.powG(a), b).text).toBe(group.powG(a * b).text);
  });

  test("treats zero, q and the identity as the specification does", () => {
    const element = group.powG(scalar());
    expect(group.powG(0n).text).toBe(group.identity.text);
    expect(group.powG(group.q).text).toBe(group.identity.text);
    expect(group.pow(element, 0n).text).toBe(group.identity.text);
    expect(group.pow(group.identity, 5n).text).toBe(group.identity.text);
    expect(group.mul(group.identity, element).text).toBe(element.text);
    expect(group.mul(group.identity, group.identity).text).toBe(group.identity.text);
    expect(group.invert(group.identity).text).toBe(group.identity.text);
    expect(group.parse(group.identity.text).text).toBe(group.identity.text);
  });

  test("inverts", () => {
    const element = group.powG(scalar());
    expect(group.mul(element, group.invert(element)).text).toBe(group.identity.text);
    expect(group.powG(-1n).text).toBe(group.invert(group.generator).text);
  });

  test("raises with tables and ladders to the same powers", () => {
    const base = group.powG(scalar());
    const exponents = [0n, 1n, 2n, group.q - 1n, scalar(), scalar()];
    const plain = exponents.map((exponent) => group.pow(base, exponent).text);
    const table = group.fixedBase(base);
    expect(group.powers(base, exponents).map((element) => element.text)).toEqual(plain);
    expect(exponents.map((exponent) => table.pow(exponent).text)).toEqual(plain);
  });

  test("reads what it writes", () => {
    const { text } = group.powG(scalar());
    expect(group.parse(text).text).toBe(text);
  });
});

describe("membership", () => {
  test.each([
    ["a point of order 8", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"],
    ["a point off the curve", `${"00".repeat(31)}02`],
    ["the identity with the sign bit", `80${"00".repeat(30)}01`],
    ["upper-case digits", "5866666666666666666666666666666666666666666666666666666666666658".replace("58", "5A")],
    ["too few digits", "01"],
  ])("Ed25519 refuses %s", (_what, text) => {
    expect(refusal(() => groupByName("Ed25519").parse(text))).toBe("not_in_group");
  });

  test("Ed25519 writes its generator big-endian", () => {
    expect(groupByName("Ed25519").generator.text).toBe("66".repeat(31) + "58");
  });

  test.each([["zero", "0"], ["minus one modulo p", "-1"], ["a leading zero", "01"], ["a number outside the subgroup", "2"]])(
    "BELENIOS-2048 refuses %s",
    (_what, text) => {
      expect(refusal(() => groupByName("BELENIOS-2048").parse(text))).toBe("not_in_group");
    },
  );
});

test("scalars are inverted modulo q", () => {
  const { q } = groupByName("Ed25519");
  const n = randomScalar(q, systemRng);
  expect((n * invertScalar(n, q)) % q).toBe(1n);
  expect((invertScalar(-3n, q) * (q - 3n)) % q).toBe(1n);
  expect(() => invertScalar(0n, q)).toThrow(RangeError);
});
