/**
 * The live feed of one page: one socket, a reconnecting one, and requests with answers.
 *
 * Reconnects for ever. Requests made while away are sent after reconnection, or end as `no_answer`; a ballot is
 * resent by the page that owns it, with the same bytes.
 */
import { io, type ManagerOptions } from "socket.io-client";
import { ref, shallowRef, type Ref, type ShallowRef } from "vue";

import type { Connection } from "@/kit/connection";
import { isWireRefusal, Refusal, refusalOf, showRefusal } from "./refusal";
import { applyPatch, applySnapshot, type Audience, type ClientState, type Snapshot } from "./state";
import type * as Wire from "./wire.gen";

/** What carries out a request: acknowledged with the reply of its name. Raises Refusal, `no_answer` included. */
export type Send = <Name extends keyof Wire.Requests>(
  name: Name,
  payload: Wire.Requests[Name]["request"],
) => Promise<Wire.Requests[Name]["reply"]>;

/** What we need of a socket; socket.io-client's in the pages, a scripted one in tests. */
export interface Transport {
  on(event: string, listener: (...values: never[]) => void): unknown;
  ask(event: string, payload: unknown): Promise<unknown>;
  reconnect(): void;
  close(): void;
}

export interface Feed<View> {
  readonly state: ShallowRef<ClientState<View> | null>;
  readonly me: ShallowRef<Wire.Me | null>;
  readonly connection: Ref<Connection>;
  /** Set when the server will not have this connection (no login, other role): log in again. */
  readonly refused: ShallowRef<Refusal | null>;
  /** Calls `listener` after every (re)connection, once the snapshot is there. */
  onOnline(listener: () => void): void;
  readonly request: Send;
  close(): void;
}

const ANSWER_WITHIN_MS = 12_000;
const COME_BACK_AFTER_MS = 2_000;

/** Refusals of a connection that another try will not change: the person has to log in. */
const FINAL: ReadonlySet<string> = new Set(["login_needed", "logged_out", "not_your_role"]);

type Lines = NonNullable<ManagerOptions["transports"]>;

/** A socket.io-client connection to the server this page came from; `lines`: another one than a websocket in tests. */
export function connectTransport(auth: { token?: string; audience: Audience }, lines: Lines = ["websocket"]): Transport {
  const socket = io({
    transports: lines,
    auth,
    reconnection: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: 4000,
    randomizationFactor: 0.5,
  });
  return {
    on: (event, listener) => socket.on(event, listener as (...values: unknown[]) => void),
    ask: (event, payload) => socket.timeout(ANSWER_WITHIN_MS).emitWithAck(event, payload) as Promise<unknown>,
    reconnect: () => socket.connect(),
    close: () => socket.disconnect(),
  };
}

/** The refusal inside a failed connection, if the server gave one. */
export function refusalOfConnection(error: { message?: string; data?: unknown }): Refusal | null {
  const given = [error.data, error.message];
  for (const value of given) {
    const candidate = typeof value === "string" ? parsed(value) : value;
    if (isWireRefusal(candidate)) return refusalOf({ ...candidate, params: candidate.params ?? {} });
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Opens the feed of one audience. The caller closes it when the page's person logs out. */
export function openFeed<Name extends Audience>(
  auth: { token?: string; audience: Name },
  connect: (auth: { token?: string; audience: Audience }) => Transport = connectTransport,
  now: () => number = Date.now,
): Feed<Wire.Views[Name]> {
  type View = Wire.Views[Name];
  const state: ShallowRef<ClientState<View> | null> = shallowRef(null);
  const me: ShallowRef<Wire.Me | null> = shallowRef(null);
  const connection: Ref<Connection> = ref("connecting");
  const refused: ShallowRef<Refusal | null> = shallowRef(null);
  const whenOnline: (() => void)[] = [];
  const transport = connect(auth);
  let closed = false;
  const resync = resyncOver(transport);

  transport.on("snapshot", (snapshot: Snapshot<View>) => {
    state.value = applySnapshot(snapshot, now());
    const wasAway = connection.value !== "online";
    connection.value = "online";
    resync.end();
    if (wasAway) whenOnline.forEach((listener) => listener());
  });
  transport.on("patch", (patch: Wire.Patch) => {
    const next = applyPatch(state.value, patch);
    if (next !== "gap") state.value = next;
    else resync.ask();
  });
  transport.on("me", (value: Wire.Me) => (me.value = value));
  transport.on("disconnect", (reason: string) => {
    connection.value = "offline";
    resync.end();
    // A server that ends the connection itself is not retried by the library.
    if (reason === "io server disconnect" && !closed) transport.reconnect();
  });
  transport.on("connect_error", (error: { message?: string; data?: unknown }) => {
    connection.value = "offline";
    const reason = refusalOfConnection(error);
    if (reason && FINAL.has(reason.code)) refused.value = reason;
    // The library retries a broken network by itself, but never a server that answered with a refusal.
    else if (reason) setTimeout(() => closed || transport.reconnect(), COME_BACK_AFTER_MS);
  });

  return {
    state,
    me,
    connection,
    refused,
    onOnline: (listener) => void whenOnline.push(listener),
    request: (name, payload) => ask(transport, name, payload),
    close: () => {
      closed = true;
      transport.close();
    },
  };
}

/** Asks for a snapshot until one comes or the line breaks; what came too fast for the server is asked again later. */
function resyncOver(transport: Transport): { ask(): void; end(): void } {
  let wanted = false;
  function send(): void {
    ask(transport, "resync", {}).catch((error: unknown) =>
      showRefusal(error, () => setTimeout(() => wanted && send(), COME_BACK_AFTER_MS)),
    );
  }
  return {
    ask: () => {
      if (!wanted) send();
      wanted = true;
    },
    end: () => (wanted = false),
  };
}

/** Sends a request and waits for its reply. Raises Refusal: the server's, or `no_answer`. */
async function ask<Name extends keyof Wire.Requests>(
  transport: Transport,
  name: Name,
  payload: Wire.Requests[Name]["request"],
): Promise<Wire.Requests[Name]["reply"]> {
  const reply = (await transport.ask(name, payload).catch(() => {
    throw new Refusal("no_answer");
  })) as Wire.Requests[Name]["reply"] | Wire.RefusedReply;
  if (!reply.ok) throw refusalOf(reply.refusal);
  return reply;
}
