/** The poll that a panel, a card or a report is about; parts that hold other parts ask for it, the last ones are given it. */
import type { Ref } from "vue";

import { contextOf } from "@/kit/context";
import type { PollView } from "@/live/wire.gen";

export const pollContext = contextOf<Readonly<Ref<PollView>>>("poll");
