/** Files that this page hands to the person. */
import { Refusal } from "./refusal";

/** Offers `content` as a file download named `name`. */
export function saveFile(name: string, content: BlobPart, type = "application/octet-stream"): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(address);
}

/** What is kept of a counted poll: its archive, and the signed count. */
export type RecordFile = "archive.bel" | "count.json";
const NAMES: Readonly<Record<RecordFile, string>> = { "archive.bel": "bel", "count.json": "count.json" };

/** Fetches a record of a poll and offers it as a file. Raises Refusal: login_needed, not_public_yet or unreachable. */
export async function downloadRecord(poll: string, file: RecordFile, token?: string): Promise<void> {
  await download(`/api/polls/${encodeURIComponent(poll)}/${file}`, `${poll}.${NAMES[file]}`, token);
}

/** Fetches the record of the whole sitting and offers it as a file. Raises Refusal: not_public_yet or unreachable. */
export async function downloadSitting(): Promise<void> {
  await download("/api/sitting.zip", "sitting.zip");
}

async function download(address: string, name: string, token?: string): Promise<void> {
  const headers = token ? { Authorization: `Bearer ${token}` } : undefined;
  const response = await fetch(address, { headers }).catch(() => null);
  if (response === null) throw new Refusal("unreachable");
  if (!response.ok) throw new Refusal(response.status === 401 ? "login_needed" : "not_public_yet");
  saveFile(name, await response.arrayBuffer());
}
