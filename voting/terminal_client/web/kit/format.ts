/** Small formats shared by the pages. Numbers only: words live in the catalogues. */

/** Milliseconds as m:ss, rounded up so that "0:00" means over. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.ceil(Math.max(0, milliseconds) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
