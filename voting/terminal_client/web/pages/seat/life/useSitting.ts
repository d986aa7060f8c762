/** The life of one seat during a sitting: joins the live feed, the tally and what the terminal keeps. */
import { useCasting } from "./casting";
import { type SeatMeans, useAction, useDesk } from "./desk";
import { useClosedBoards } from "./useClosedBoards";
import { usePreparing } from "./preparing";
import { useReceiving } from "./receiving";

/** Call in a component's setup or an effect scope. */
export function useSitting(means: SeatMeans) {
  const desk = useDesk(means);
  useClosedBoards(desk);
  const { busy: signingIn, run } = useAction(desk);
  const signIn = (): Promise<void> => run(() => means.feed.request("sign_in", {}));
  const { hall, stage, refusal, missing } = desk;
  return { hall, stage, refusal, missing, signIn, signingIn, ...usePreparing(desk), ...useCasting(desk), ...useReceiving(desk) };
}
