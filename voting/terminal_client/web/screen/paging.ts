/** Long results on the hall screen: how many rows stand on a page, and which page is shown when. */
import { computed, onBeforeUnmount, onMounted, ref, watch, type ComputedRef, type Ref } from "vue";

/** Rows of one page: `from` and `to` are positions in the whole list; `columns` of `rows` rows. */
export interface Page {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly columns: 1 | 2;
}

/** Most rows that are read from thirty metres, in one column; a second column is taken before a second page. */
export const MOST_ROWS = 12;
/** How long a page stays: long enough to read twenty lines. */
export const PAGE_TIME = 15_000;

/** As few pages as possible, all equally full, so that the last one is not left with a single row. */
export function pagesOf(count: number): Page[] {
  const columns = count > MOST_ROWS ? 2 : 1;
  const number = Math.max(1, Math.ceil(count / (MOST_ROWS * columns)));
  const rows = Math.max(1, Math.ceil(count / (number * columns)));
  return Array.from({ length: number }, (_, index) => {
    const from = index * rows * columns;
    return { from, to: Math.min(count, from + rows * columns), rows, columns };
  });
}

/** Turns the pages by itself, round and round; arrow keys turn at once, and the new page again stays its time. */
export function usePaging(count: ComputedRef<number>): { pages: ComputedRef<Page[]>; shown: Ref<number>; turn: (by: number) => void } {
  const pages = computed(() => pagesOf(count.value));
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

  watch(pages, () => {
    shown.value = 0;
    wait();
  });
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
