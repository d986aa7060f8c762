/** Files that this page hands to the person. */
import { Refusal } from "@/shared/refusal";

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

/** Fetches a poll's archive and offers it as a file. Raises Refusal: not_public_yet or unreachable. */
export async function downloadArchive(poll: string, token?: string): Promise<void> {
  const headers = token ? { Authorization: `Bearer ${token}` } : undefined;
  const response = await fetch(`/api/polls/${encodeURIComponent(poll)}/archive.bel`, { headers }).catch(() => null);
  if (response === null) throw new Refusal("unreachable");
  if (!response.ok) throw new Refusal(response.status === 401 ? "login_needed" : "not_public_yet");
  saveFile(`${poll}.bel`, await response.arrayBuffer());
}
