/** Documents that the server signs as a whole: the signature stands last, over a prefix and everything before it. */
import { fromHex, utf8 } from "../bytes";
import { ensure } from "../errors";
import { libsodium } from "../groups/sodium";
import { Reader } from "../json";

/** What is signed ends with the brace that closes it. */
const SIGNED = /^(\{.*),"signature":"([0-9a-f]{128})"\}\n?$/s;
const READER = new Reader();

/** `key`: hex raw Ed25519. Throws `document_malformed` or `signature_invalid`. */
export function checkServerSigned(text: string, prefix: string, key: unknown): void {
  const [, content, signature] = SIGNED.exec(text) ?? READER.fail("the signature does not stand at the end");
  const message = utf8(`${prefix}${content ?? ""}}`);
  const holds = libsodium().crypto_sign_verify_detached(fromHex(signature ?? ""), message, fromHex(READER.digest(key)));
  ensure(holds, "signature_invalid", "the server's signature does not hold");
}
