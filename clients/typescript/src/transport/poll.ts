import { framesOf } from "../frames.js";
import type { Downstream } from "./downstream.js";
import { query } from "../query.js";
import { NotHere } from "./not-here.js";

/** Seconds that the server may hold a request. */
const HOLD_S = 30;

/** Long polling: the fallback that gets through wherever a web page does. */
export const poll: Downstream = {
  name: "poll",
  silenceMs: () => (HOLD_S + 15) * 1000,

  async fetch({ channels, cursor, first, open, alive, received, at }) {
    const timeout = first || cursor === undefined ? 1 : HOLD_S;
    const response = await open(`/v1/poll${query({ channel: channels, cursor, timeout })}`, { Accept: "application/json" });
    const page = (await response.json().catch(() => undefined)) as { frames?: unknown; cursor?: unknown } | undefined;
    if (!page || !Array.isArray(page.frames) || typeof page.cursor !== "string") {
      throw new NotHere("unexpected answer");
    }
    for (const frame of framesOf(page.frames)) received(frame);
    at(page.cursor);
    alive();
  },
};
