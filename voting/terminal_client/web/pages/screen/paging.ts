/** Long results on the hall screen: how many rows stand on a page, and which page is shown when. */
import { computed, onBeforeUnmount, onMounted, ref, watch, type ComputedRef, type Ref } from "vue";

/** Rows of one page: `from` and `to` are positions in the whole list; `columns` of `rows` rows. */
export interface Page {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly columns: 1 | 2;
}

/** Most rows of a page in one column, and in each of two. */
export interface Most {
  readonly single: number;
  readonly double: number;
}

/** Most rows that are read from thirty metres, in one column; a second column is taken before a second page. */
export const MOST_ROWS = 12;
/** Most rows where titles take two lines: beside bars or few numbers, and beside many numbers, where they are set smaller. */
export const HIGH_ROWS = { few: 8, many: 6 } as const;
const MOST: Most = { single: MOST_ROWS, double: MOST_ROWS };
/** How long a page stays: long enough to read twenty lines. */
const PAGE_TIME = 15_000;

/** Characters that one line of a title holds: beside bars, and in one of two columns with few or with many numbers. */
const WIDE = 20;
const NARROW = { few: 13, many: 9 } as const;

/** How many rows have room, given the longest title (in characters) and whether each row has several numbers. */
export function mostRows(longest: number, numbers: "few" | "many"): Most {
  return {
    single: longest > WIDE ? HIGH_ROWS.few : MOST_ROWS,
    double: longest > NARROW[numbers] ? HIGH_ROWS[numbers] : MOST_ROWS,
  };
}

/** As few pages as possible, all equally full, so that the last one is not left with a single row. */
export function pagesOf(count: number, most: Most = MOST): Page[] {
  const columns = count > most.single ? 2 : 1;
  const highest = columns === 2 ? most.double : most.single;
  const number = Math.max(1, Math.ceil(count / (highest * columns)));
  const rows = Math.max(1, Math.ceil(count / (number * columns)));
  return Array.from({ length: number }, (_, index) => {
    const from = index * rows * columns;
    return { from, to: Math.min(count, from + rows * columns), rows, columns };
  });
}

interface Paging {
  readonly pages: ComputedRef<Page[]>;
  readonly shown: Ref<number>;
  readonly turn: (by: number) => void;
}

/** Turns the pages by itself, round and round; arrow keys turn at once, and the new page again stays its time. */
export function usePaging(count: ComputedRef<number>, most?: ComputedRef<Most>): Paging {
  const pages = computed(() => pagesOf(count.value, most?.value));
  const shown = ref(0);
  let timer: ReturnType<typeof setInterval> | undefined;

  function wait(): void {
    clearInterval(timer);
    timer = pages.value.length > 1 ? setInterval(() => turn(1), PAGE_TIME) : undefined;
  }
  function turn(by: number): void {
    shown.value = (shown.value + by + pages.value.length) % pages.value.length;
    wait();
  }
  function onKey({ key }: KeyboardEvent): void {
    if (key === "ArrowRight" || key === "PageDown") turn(1);
    else if (key === "ArrowLeft" || key === "PageUp") turn(-1);
  }

  // A new snapshot makes new lists of the same pages: what the hall is reading then stays.
  watch(
    () => pages.value.map(({ from, to }) => `${from}-${to}`).join(),
    () => {
      shown.value = 0;
      wait();
    },
  );
  onMounted(() => {
    wait();
    window.addEventListener("keydown", onKey);
  });
  onBeforeUnmount(() => {
    clearInterval(timer);
    window.removeEventListener("keydown", onKey);
  });
  return { pages, shown, turn };
}
