/** A transport whose server side is played by the test. */
import type { Transport } from "@/shared/socket";

export class ScriptedTransport implements Transport {
  readonly sent: { event: string; payload: unknown }[] = [];
  reconnections = 0;
  closed = false;
  /** Answers requests; replaced by tests. */
  answer: (event: string, payload: unknown) => Promise<unknown> = () => Promise.resolve({ ok: true });
  readonly #listeners = new Map<string, ((...values: never[]) => void)[]>();

  on(event: string, listener: (...values: never[]) => void): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  emit(event: string, payload: unknown): void {
    this.sent.push({ event, payload });
  }

  ask(event: string, payload: unknown): Promise<unknown> {
    this.sent.push({ event, payload });
    return this.answer(event, payload);
  }

  reconnect(): void {
    this.reconnections += 1;
  }

  close(): void {
    this.closed = true;
  }

  /** The server says something. */
  push(event: string, value: unknown): void {
    this.#listeners.get(event)?.forEach((listener) => listener(value as never));
  }

  /** What was sent under an event name. */
  payloads(event: string): unknown[] {
    return this.sent.filter((one) => one.event === event).map((one) => one.payload);
  }
}

/** Lets every promise that can be settled settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}
