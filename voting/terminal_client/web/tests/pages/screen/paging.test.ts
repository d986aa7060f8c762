import { describe, expect, it } from "vitest";

import { HIGH_ROWS, MOST_ROWS, mostRows, pagesOf } from "@/pages/screen/paging";

describe("the pages of a long result", () => {
  it("stay one column and one page as long as that can be read", () => {
    expect(pagesOf(MOST_ROWS)).toEqual([{ from: 0, to: MOST_ROWS, rows: MOST_ROWS, columns: 1 }]);
    expect(pagesOf(MOST_ROWS + 1)).toMatchObject([{ from: 0, to: 13, columns: 2 }]);
  });

  it("show every row exactly once, in order, up to sixty and beyond", () => {
    for (let count = 1; count <= 80; count += 1) {
      const pages = pagesOf(count);
      const rows = pages.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index));
      expect(rows).toEqual(Array.from({ length: count }, (_, index) => index));
      expect(Math.max(...pages.map((page) => page.rows))).toBeLessThanOrEqual(MOST_ROWS);
    }
  });

  it("are equally full: sixty options take three pages of twenty", () => {
    expect(pagesOf(60).map(({ from, to }) => to - from)).toEqual([20, 20, 20]);
  });

  it("hold fewer rows where titles take two lines, so that no title is cut off", () => {
    expect(mostRows(9, "many")).toEqual({ single: MOST_ROWS, double: MOST_ROWS });
    expect(mostRows(20, "few")).toEqual({ single: MOST_ROWS, double: HIGH_ROWS.few });
    expect(mostRows(24, "many")).toEqual({ single: HIGH_ROWS.few, double: HIGH_ROWS.many });
    expect(pagesOf(60, mostRows(20, "many")).map(({ from, to }) => to - from)).toEqual([12, 12, 12, 12, 12]);
  });
});
