/** What one thread of the tally remembers between two operations. */
import { equalBytes } from "../bytes";
import { parseElection, type Election } from "../board/election";
import type { Helper } from "../board/inspection";
import type { OpenBoard } from "../board/rebuild";
import { ensure, TallyError } from "../errors";

export class ThreadState {
  /** Other threads that share the work on ballots; they may come and go while it is under way. */
  readonly helpers = new Set<Helper>();
  /** The election parsed last: its tables serve the ballot that follows. */
  #latest: Election | undefined;
  /** The boards that this thread has rebuilt whole: no other ciphertext is ever shuffled or decrypted. */
  readonly #rebuilt = new Map<string, OpenBoard>();
  /** The closed heads that were signed here, by the election's identifier. */
  readonly #signed = new Map<string, string>();

  electionOf(raw: Uint8Array): Election {
    if (this.#latest !== undefined && equalBytes(this.#latest.raw, raw)) return this.#latest;
    const election = parseElection(raw);
    this.#latest = election;
    return election;
  }

  /**
   * Keeps a board that was rebuilt whole. One that was signed here stays as it is: another one of that poll throws
   * TallyError(board_disputed), and the same one is not begun anew.
   */
  keep(board: OpenBoard): void {
    const { election, closed, fingerprint } = board;
    const signed = this.#signed.get(election.uuid);
    ensure(signed === undefined || signed === closed.head, "board_disputed", "this terminal signed another board of this poll");
    if (signed === undefined || !this.#rebuilt.has(fingerprint)) this.#rebuilt.set(fingerprint, board);
  }

  /** From now on no other board of this poll is taken. */
  bind({ election, closed }: OpenBoard): void {
    this.#signed.set(election.uuid, closed.head);
  }

  /** A board that was signed here; throws TallyError(board_disputed) for any other one. */
  signedBoardOf(fingerprint: string): OpenBoard {
    const board = this.boardOf(fingerprint);
    const own = this.#signed.get(board.election.uuid) === board.closed.head;
    ensure(own, "board_disputed", "the closed board has not been signed here");
    return board;
  }

  /** Throws TallyError(decryption_invalid) for a board that was not rebuilt in this thread. */
  boardOf(fingerprint: string): OpenBoard {
    const board = this.#rebuilt.get(fingerprint);
    if (board === undefined) throw new TallyError("decryption_invalid", "the board has not been rebuilt here");
    return board;
  }
}
