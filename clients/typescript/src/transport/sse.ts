import { decode } from "../frames.js";
import { discard } from "../http.js";
import type { Downstream } from "./downstream.js";
import { query } from "../query.js";
import { EventStream } from "./event-stream.js";
import { NotHere } from "./not-here.js";

/** How late a heartbeat may come. */
const GRACE_MS = 10_000;

/**
 * Server-sent events, read by `fetch`: a browser's own `EventSource` can send no `Authorization`, hides the status and
 * the `Retry-After` of a refusal, and does not exist in Node 20.
 */
export const sse: Downstream = {
  streams: true,
  // The server writes a comment at each heartbeat. One may be lost, and the next one may be late.
  silenceMs: (heartbeatS) => heartbeatS * 2_000 + GRACE_MS,

  async fetch(exchange) {
    const { channels, device, cursor } = exchange;
    const response = await exchange.open(`/v1/events${query({ channel: channels, device })}`, {
      Accept: "text/event-stream",
      ...(cursor && { "Last-Event-ID": cursor }),
    });
    const reader = response.body?.getReader();
    if (!reader || !response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
      discard(response);
      throw new NotHere("unexpected answer");
    }
    const stream = new EventStream((event) => {
      for (const frame of decode(event.data)) exchange.received(frame);
      if (event.id) exchange.at(event.id);
    });
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      stream.feed(value);
      exchange.alive();
    }
  },
};
