import { TallyError, type TallyCode } from "../../shared/tally/errors";

/** The refusal's wire name; throws when nothing is refused. */
export function refusal(act: () => unknown): TallyCode {
  try {
    act();
  } catch (error) {
    if (error instanceof TallyError) return error.code;
    throw error;
  }
  throw new Error("nothing was refused");
}
