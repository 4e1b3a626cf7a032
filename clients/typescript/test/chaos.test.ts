import assert from "node:assert/strict";
import { test } from "node:test";
import { TRANSPORTS, type TransportName } from "../src/transport/link.js";
import { Session } from "./session.js";
import type { Way } from "./test-server.js";

/** The same numbers for the same seed, so that a failure can be seen again. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ways: readonly Way[] = ["open", "open", "open", { status: 426 }, { status: 502 }, { status: 503, retryAfter: "1", code: "unavailable" }, "page"];

for (let seed = 1; seed <= 6; seed++) {
  test(`whatever breaks (seed ${seed}), every event comes once and in order, and every acknowledged message is there once`, async (context) => {
    const random = randomOf(seed);
    const one = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;
    const session = await Session.start(context, { random });
    const { client, server } = session;
    session.listen("room:lobby", { seq: 0 });
    const acked = new Map<string, number>();
    let asked = 0;
    for (let step = 0; step < 120; step++) {
      if (random() < 0.6) server.append("room:lobby", step, `theirs${step}`);
      if (random() < 0.5) {
        const id = `ours${asked++}`;
        void client.publish({ channel: "room:lobby", data: step, id }).then(({ seq }) => acked.set(id, seq));
      }
      const event = random();
      if (event < 0.1) server.cut();
      else if (event < 0.15) server.cutInEvent();
      else if (event < 0.2) server[one(["websocket", "sse", "poll"] as const)] = one(ways);
      else if (event < 0.25) client.useTransports(TRANSPORTS.filter((): boolean => random() < 0.7).concat(one(TRANSPORTS) as TransportName));
      else if (event < 0.3) server.say("room:lobby", { type: "goaway", reconnectAfterMs: 100, jitterMs: 500 });
      else if (event < 0.32) server.wornOut.add(`token${session.tokens}`);
      else if (event < 0.4) for (const socket of server.sockets) socket.close(one([1001, 1012, 4000, 4001, 4002, 4003, 4150]));
      await session.until(() => random() < 0.2, "a while");
      if (client.state.status === "stopped") client.start();
    }
    server.websocket = server.sse = server.poll = "open";
    const all = setInterval(() => client.state.status === "stopped" && client.start(), 50);
    context.after(() => clearInterval(all));
    await session.until(() => acked.size === asked, "all acknowledged", 50);
    await session.hasHeardAll();
    assert.deepEqual(session.resets, []);
    const seqs = [...acked.values()];
    assert.deepEqual(seqs, [...seqs].sort((a, b) => a - b));
    assert.equal(new Set(seqs).size, asked);
  });
}
