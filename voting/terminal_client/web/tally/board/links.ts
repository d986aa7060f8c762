/**
 * What one poll's record could share with another's: the scrutineers' keys, the credentials, the ciphertexts. Nothing is
 * checked here; the record has passed the verifier.
 */
import { readForm, CREDENTIALS_FORM } from "../forms";
import { readBallot } from "../ballots/ballot";
import { readVoters, type Voter } from "../ballots/by_name";
import { utf8 } from "../bytes";
import { sha256Hex } from "../groups/hash";
import { readArchive, readEvents, readGrammar } from "./archive";
import { parseElection } from "./election";

export interface Links {
  /** Hex, of the archived document of the scrutineers' keys; null in a recorded poll. */
  readonly trusteesSha256: string | null;
  readonly credentials: readonly string[];
  /** Of a recorded poll; nobody in a secret one. */
  readonly voters: readonly Voter[];
  /** A hash of each ciphertext of each ballot on the board, in hex. */
  readonly ciphertexts: readonly string[];
}

export function linksOf(data: Uint8Array): Links {
  const archive = readArchive(data);
  const documents = readGrammar(archive, readEvents(archive));
  const election = parseElection(documents.election);
  if (election.recorded) {
    const voters = readVoters(election.group, documents.credentials);
    return { trusteesSha256: null, credentials: voters.map(({ credential }) => credential), voters, ciphertexts: [] };
  }
  const ballots = documents.ballots.map(({ raw }) => readBallot(election, raw));
  const sealed = ballots.flatMap(({ answers }) => answers.flatMap(({ ciphertexts }) => ciphertexts));
  return {
    trusteesSha256: sha256Hex(documents.trustees),
    credentials: readForm(documents.credentials, CREDENTIALS_FORM) as readonly string[],
    voters: [],
    ciphertexts: sealed.map(({ alpha, beta }) => sha256Hex(utf8(`${alpha},${beta}`))),
  };
}
