import { beforeAll, describe, expect, test } from "vitest";

import { utf8 } from "../../tally/bytes";
import { plainObject } from "../../tally/board/grammar";
import { readTar, writeTar } from "../../tally/board/container";
import { ready } from "../../tally/groups/sodium";
import { MAX_ARCHIVE_BYTES, MAX_DOCUMENT_BYTES, MAX_DOCUMENT_PARTS } from "../../tally/limits";

beforeAll(ready);

describe("a document in a record", () => {
  test("has the limits of the protocol", () => {
    expect([MAX_ARCHIVE_BYTES, MAX_DOCUMENT_BYTES, MAX_DOCUMENT_PARTS]).toEqual([268_435_456, 33_554_432, 1_000_000]);
  });

  const filled = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(120);
  test.each([
    ["of 32 MiB", () => filled(MAX_DOCUMENT_BYTES), true],
    ["larger", () => filled(MAX_DOCUMENT_BYTES + 1), false],
    ["of a million parts", () => utf8("[".repeat(400_000) + "{".repeat(300_000) + ",".repeat(300_000)), true],
    ["of more", () => utf8("[".repeat(400_000) + "{".repeat(300_000) + ",".repeat(300_001)), false],
  ])("%s", (_what, document, fits) => {
    const file = writeTar([{ name: "x", content: document() }], 0);
    if (fits) expect(readTar(file).entries).toHaveLength(1);
    else expect(() => readTar(file)).toThrow(/larger than any/);
  });

  test.each([[30, true], [31, true], [32, false], [100_000, false]])("lies %i arrays deep: read %s", (depth, read) => {
    const found = plainObject(utf8(`{"note":${"[".repeat(depth)}${"]".repeat(depth)}}`));
    expect("note" in found).toBe(read);
  });
});
