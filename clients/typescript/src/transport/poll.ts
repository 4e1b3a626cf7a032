import { framesOf } from "../frames.js";
import type { Downstream } from "./downstream.js";
import { query } from "../query.js";
import { NotHere } from "./not-here.js";

/** Seconds that the server may hold a request. */
const HOLD_S = 30;

/** Long polling: the fallback that gets through wherever a web page does. */
export const poll: Downstream = {
  streams: false,
  silenceMs: () => (HOLD_S + 15) * 1000,

  async fetch(exchange) {
    const { channels, device, cursor, first } = exchange;
    const timeout = first || cursor === undefined ? 1 : HOLD_S;
    const response = await exchange.open(`/v1/poll${query({ channel: channels, device, cursor, timeout })}`, { Accept: "application/json" });
    const page = (await response.json().catch(() => undefined)) as { frames?: unknown; cursor?: unknown } | undefined;
    if (!page || !Array.isArray(page.frames) || typeof page.cursor !== "string") {
      throw new NotHere("unexpected answer");
    }
    for (const frame of framesOf(page.frames)) exchange.received(frame);
    exchange.at(page.cursor);
    exchange.alive();
  },
};
