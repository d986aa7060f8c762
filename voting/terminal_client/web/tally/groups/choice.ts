/** The groups that there are, by the names that documents give them. */
import { Ed25519Group } from "./ed25519";
import { TallyError } from "../errors";
import type { Group } from "./interface";
import { belenios2048, rfc3526 } from "./modular";

const MAKERS: ReadonlyMap<string, () => Group> = new Map<string, () => Group>([
  ["Ed25519", () => new Ed25519Group()],
  ["BELENIOS-2048", belenios2048],
  ["RFC-3526-2048", rfc3526],
]);

const made = new Map<string, Group>();

/** Throws `group_unknown`. */
export function groupByName(name: string): Group {
  const known = made.get(name);
  if (known !== undefined) return known;
  const make = MAKERS.get(name);
  if (make === undefined) throw new TallyError("group_unknown", `no group is called ${name}`);
  const group = make();
  made.set(name, group);
  return group;
}
