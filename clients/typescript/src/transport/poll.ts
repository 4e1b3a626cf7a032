import { framesOf } from "../server-frames.js";
import { channelQuery, type Downstream } from "./downstream.js";
import { NotHere } from "./not-here.js";

/** Seconds that the server may hold a request. */
const HOLD_S = 30;

/** Long polling: the fallback that gets through wherever a web page does. */
export const poll: Downstream = {
  name: "poll",
  silenceMs: (HOLD_S + 15) * 1000,

  async fetch({ channels, cursor, open, alive, received, at }) {
    // Without a cursor there is nothing to wait for: the answer says from where on.
    const query = cursor === undefined ? "timeout=1" : `cursor=${encodeURIComponent(cursor)}&timeout=${HOLD_S}`;
    const response = await open(`/v1/poll?${channelQuery(channels)}&${query}`, { Accept: "application/json" });
    const page = (await response.json().catch(() => undefined)) as { frames?: unknown; cursor?: unknown } | undefined;
    if (!page || !Array.isArray(page.frames) || typeof page.cursor !== "string") {
      throw new NotHere("what answers is no poll");
    }
    for (const frame of framesOf(page.frames)) received(frame);
    at(page.cursor);
    alive();
  },
};
