import { describe, expect, it } from "vitest";

import { Keeping, memoryShelf, replaced } from "@/pages/seat/keeping";
import { receipt } from "../../fixtures/seat";

const credential = { private: "1", public: "aa" };
const pending = { ballot: "{}", tracker: "t", stored: false };

describe("what a seat keeps", () => {
  it("comes back after a reload", () => {
    const shelf = memoryShelf();
    const before = new Keeping(shelf, "001");
    before.addCredential("u1", credential);
    before.setPending("u1", pending);
    expect(new Keeping(shelf, "001").of("u1")).toEqual({ credentials: [credential], pending });
  });

  it("belongs to one delegate and one poll", () => {
    const shelf = memoryShelf();
    new Keeping(shelf, "001").addCredential("u1", credential);
    expect(new Keeping(shelf, "002").of("u1").credentials).toEqual([]);
    expect(new Keeping(shelf, "001").of("u2").credentials).toEqual([]);
  });

  it("holds earlier credentials, since their registration may be the one that arrived", () => {
    const keeping = new Keeping(memoryShelf(), "001");
    keeping.addCredential("u1", credential);
    keeping.addCredential("u1", { private: "2", public: "bb" });
    expect(keeping.of("u1").credentials.map((one) => one.public)).toEqual(["aa", "bb"]);
  });

  it("is gone when forgotten, but receipts stay, each once", () => {
    const keeping = new Keeping(memoryShelf(), "001");
    keeping.addCredential("u1", credential);
    keeping.addReceipt({ poll: "projects", title: "示例", receipt });
    keeping.addReceipt({ poll: "projects", title: "示例", receipt });
    keeping.forget("u1");
    expect(keeping.of("u1")).toEqual({ credentials: [], pending: null });
    expect(keeping.receipts()).toHaveLength(1);
  });

  it("has the receipts of all ballots in a poll, and knows which one counts", () => {
    const keeping = new Keeping(memoryShelf(), "001");
    const [first, second] = [receipt, { ...receipt, tracker: "second", height: receipt.height + 9 }];
    keeping.addReceipt({ poll: "projects", title: "示例", receipt: first });
    keeping.addReceipt({ poll: "projects", title: "示例", receipt: second });
    keeping.addReceipt({ poll: "other", title: "示例", receipt: { ...second, election_uuid: "other", tracker: "third" } });
    keeping.addReceipt({ poll: "projects", title: "示例", receipt: first });
    const receipts = keeping.receipts();
    expect(receipts.map((one) => one.receipt.tracker)).toEqual([first.tracker, "second", "third"]);
    expect(receipts.map((one) => replaced(receipts, one))).toEqual([true, false, false]);
    expect([keeping.knows("second"), keeping.knows("fourth")]).toEqual([true, false]);
  });

  it("never holds a choice: only ciphertext, credentials and receipts are written", () => {
    const written: string[] = [];
    const shelf = memoryShelf();
    const keeping = new Keeping({ ...shelf, setItem: (key, value) => written.push(key + value) }, "001");
    keeping.setPending("u1", pending);
    expect(written).toEqual([`plenary.seat.001.u1${JSON.stringify({ credentials: [], pending })}`]);
  });
});
