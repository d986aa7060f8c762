/** What one thread of the tally remembers between two operations. */
import { equalBytes } from "../bytes";
import { parseElection, type Election } from "../board/election";
import type { Helper } from "../board/inspection";
import type { OpenBoard } from "../board/rebuild";
import { TallyError } from "../errors";

export class ThreadState {
  /** Other threads that share the work on ballots; they may come and go while it is under way. */
  readonly helpers = new Set<Helper>();
  /** The election parsed last: its tables serve the ballot that follows. */
  #latest: Election | undefined;
  /** The boards that this thread has rebuilt whole: no other ciphertext is ever shuffled or decrypted. */
  readonly #rebuilt = new Map<string, OpenBoard>();

  electionOf(raw: Uint8Array): Election {
    if (this.#latest !== undefined && equalBytes(this.#latest.raw, raw)) return this.#latest;
    const election = parseElection(raw);
    this.#latest = election;
    return election;
  }

  keep(fingerprint: string, board: OpenBoard): void {
    this.#rebuilt.set(fingerprint, board);
  }

  /** Throws TallyError(decryption_invalid) for a board that was not rebuilt in this thread. */
  boardOf(fingerprint: string): OpenBoard {
    const board = this.#rebuilt.get(fingerprint);
    if (board === undefined) throw new TallyError("decryption_invalid", "the board has not been rebuilt here");
    return board;
  }
}
