import type { Rest } from "./rest.js";
import type { Message } from "./server-frames.js";
import type { Json } from "./values.js";

/** Where to begin: without either at the newest message, going back. Not both. */
export interface HistoryRange {
  /** Goes back from the message before this seq. */
  readonly before?: number;
  /** Goes forward from the message after this seq, to the newest. */
  readonly after?: number;
  /** Messages a page, at most 200; 50 when left out. A page is fetched when it is wanted. */
  readonly limit?: number;
}

/** Pages of a channel's messages, each page oldest first; ends where the log ends. */
export async function* historyPages<Data = Json>(
  rest: Rest,
  channel: string,
  range: HistoryRange = {},
): AsyncGenerator<readonly Message<Data>[], void> {
  const limit = range.limit ?? 50;
  let { before, after } = range;
  for (;;) {
    const { messages, prev, next } = await rest.messages<Data>(channel, { limit, before, after });
    const [oldest] = messages;
    if (!oldest) return;
    yield messages;
    if ((after === undefined ? prev : next) === undefined) return;
    if (after === undefined) before = oldest.seq;
    else after = messages.at(-1)?.seq;
  }
}

/** A channel's messages one by one: the newest first, or with `after` the oldest first. */
export async function* history<Data = Json>(rest: Rest, channel: string, range: HistoryRange = {}): AsyncGenerator<Message<Data>, void> {
  for await (const page of historyPages<Data>(rest, channel, range)) {
    yield* range.after === undefined ? [...page].reverse() : page;
  }
}
