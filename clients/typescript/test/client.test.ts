import assert from "node:assert/strict";
import { test } from "node:test";
import { DunlinClient } from "../src/client.js";
import type { ChannelEvent } from "../src/server-frames.js";
import { FakeServer, message } from "./fake-server.js";
import { ManualClock, settled } from "./manual-clock.js";

function started() {
  const clock = new ManualClock();
  const server = new FakeServer();
  let tokens = 0;
  const client = new DunlinClient({
    url: "http://dunlin.test/",
    token: async () => `token${++tokens}`,
    clock,
    random: () => 0.5,
    socket: server.socket,
    fetch: server.fetch,
  });
  client.start();
  return { client, clock, server };
}

async function online() {
  const all = started();
  await settled();
  await all.server.link.welcome();
  return all;
}

async function listening() {
  const all = await online();
  const heard: number[] = [];
  const resets: number[] = [];
  all.client.subscribe("room:lobby", {
    event: (event: ChannelEvent) => heard.push(event.seq),
    reset: (head) => resets.push(head),
  });
  const { ref } = all.server.link.last("subscribe");
  await all.server.link.say({ type: "subscribed", ref, channel: "room:lobby", epoch: "e", head: 3 });
  return { ...all, heard, resets };
}

test("a conflated gap is passed over, and nothing is fetched", async () => {
  const { server, heard, resets } = await listening();
  await server.link.say({ type: "gap", channel: "room:lobby", from: 4, to: 9, conflated: true });
  await server.link.say(message(10));
  assert.deepEqual(heard, [10]);
  assert.deepEqual(resets, []);
});

test("the token goes with the handshake as a subprotocol", async () => {
  const { server, client } = await online();
  assert.deepEqual(server.link.protocols, ["dunlin.v1", "bearer.token1"]);
  assert.equal(client.state.status, "online");
});

test("a publish made while offline goes out on connect and resolves with its ack", async () => {
  const { server, client } = started();
  const acked = client.publish({ channel: "room:lobby", data: "hi", id: "one" });
  await settled();
  await server.link.welcome();
  const { ref } = server.link.last("publish");
  await server.link.say({ type: "ack", ref, channel: "room:lobby", id: "one", seq: 7, ts: 1 });
  assert.equal((await acked).seq, 7);
});

test("a publish without its ack goes out again with the same id after a reconnect", async () => {
  const { server, client, clock } = await online();
  const acked = client.publish({ channel: "room:lobby", data: "hi" });
  const { id } = server.link.last("publish");
  server.link.close(1006);
  await clock.move(1_000);
  assert.equal(server.links.length, 2);
  await server.link.welcome();
  const again = server.link.last("publish");
  assert.equal(again.id, id);
  await server.link.say({ type: "ack", ref: again.ref, channel: "room:lobby", id, seq: 8, ts: 1 });
  assert.equal((await acked).seq, 8);
});

test("a refusal that passes is tried again when the server said, and later messages wait behind it", async () => {
  const { server, client, clock } = await online();
  void client.publish({ channel: "room:lobby", data: 1, id: "one" });
  const { ref } = server.link.last("publish");
  await server.link.say({ type: "error", ref, code: "rate_limited", message: "slow", retryable: true, retryAfterMs: 700 });
  void client.publish({ channel: "room:lobby", data: 2, id: "two" });
  const ids = () => server.link.sent.flatMap((frame) => (frame.type === "publish" ? [frame.id] : []));
  assert.deepEqual(ids(), ["one"]);
  await clock.move(700);
  assert.deepEqual(ids(), ["one", "one"]);
  await server.link.say({ type: "ack", ref: server.link.last("publish").ref, channel: "room:lobby", id: "one", seq: 1, ts: 1 });
  assert.deepEqual(ids(), ["one", "one", "two"]);
});

test("close waits for the ack of a publish, and then ends the session", async () => {
  const { server, client } = await online();
  const acked = client.publish({ channel: "room:lobby", data: 1, id: "one" });
  const closed = client.close();
  await settled();
  assert.equal(client.state.status, "online");
  const { ref } = server.link.last("publish");
  await server.link.say({ type: "ack", ref, channel: "room:lobby", id: "one", seq: 1, ts: 1 });
  await closed;
  assert.equal((await acked).seq, 1);
  assert.equal(client.state.status, "idle");
});

test("close ends the session after 5 s without an ack, and rejects the publish", async () => {
  const { client, clock } = await online();
  const acked = client.publish({ channel: "room:lobby", data: 1 });
  const rejected = assert.rejects(acked, { code: "unavailable" });
  const closed = Promise.all([client.close(), client.close()]);
  await clock.move(4_999);
  assert.equal(client.state.status, "online");
  await clock.move(1);
  await Promise.all([closed, rejected]);
  assert.equal(client.state.status, "idle");
});

test("close waits for nothing with zero, and where no session is active", async () => {
  const { client } = await online();
  const rejected = assert.rejects(client.publish({ channel: "room:lobby", data: 1 }), { code: "unavailable" });
  void client.close(0);
  assert.equal(client.state.status, "idle");
  await rejected;
  const offline = assert.rejects(client.publish({ channel: "room:lobby", data: 2 }), { code: "unavailable" });
  await client.close();
  await offline;
});

test("a full queue and a message in flight are refused with what is the matter", async () => {
  const client = new DunlinClient({ url: "http://dunlin.test", token: async () => "t", queueCapacity: 1, clock: new ManualClock() });
  const first = assert.rejects(client.publish({ channel: "room:lobby", data: 1, id: "one" }), { code: "unavailable" });
  await assert.rejects(client.publish({ channel: "room:lobby", data: 2 }), { code: "overloaded", message: "queueCapacity of 1 is reached" });
  await client.close();
  await first;
});

test("a channel has one publish under way at a time, and channels do not wait for each other", async () => {
  const { server, client } = await online();
  for (const [channel, id] of [["room:a", "1"], ["room:a", "2"], ["room:b", "3"]] as const) {
    void client.publish({ channel, data: id, id });
  }
  const ids = () => server.link.sent.flatMap((frame) => (frame.type === "publish" ? [frame.id] : []));
  assert.deepEqual(ids(), ["1", "3"]);
  const first = server.link.sent.find((frame) => frame.type === "publish");
  await server.link.say({ type: "ack", ref: first?.ref, channel: "room:a", id: "1", seq: 1, ts: 1 });
  assert.deepEqual(ids(), ["1", "3", "2"]);
});

test("a refusal for good rejects the publish", async () => {
  const { server, client } = await online();
  const acked = client.publish({ channel: "group:x", data: 1 });
  const { ref } = server.link.last("publish");
  const rejected = assert.rejects(acked, { code: "forbidden", message: "no" });
  await server.link.say({ type: "error", ref, code: "forbidden", message: "no", retryable: false });
  await rejected;
});

test("a reconnect subscribes after the last seq, and replayed and live events come out once each", async () => {
  const { server, clock, heard } = await listening();
  await server.link.say(message(4), message(5));
  server.link.close(4000);
  await clock.move(1_000);
  await server.link.welcome();
  const { ref, after } = server.link.last("subscribe");
  assert.deepEqual(after, { epoch: "e", seq: 5 });
  await server.link.say(message(8));
  const subscribed = { type: "subscribed", ref, channel: "room:lobby", epoch: "e", head: 7, recovered: true };
  await server.link.say(subscribed, message(6), message(7), message(7), message(8), message(9));
  assert.deepEqual(heard, [4, 5, 6, 7, 8, 9]);
  assert.deepEqual(server.asked, [], "what the server replays is not fetched");
});

test("a position that is gone resets the channel to its head", async () => {
  const { server, clock, heard, resets } = await listening();
  server.link.close(4001);
  await clock.move(1_000);
  await server.link.welcome();
  const { ref } = server.link.last("subscribe");
  await server.link.say({ type: "subscribed", ref, channel: "room:lobby", epoch: "f", head: 90, recovered: false });
  await server.link.say(message(91));
  assert.deepEqual(resets, [90]);
  assert.deepEqual(heard, [91]);
});

test("a hole is fetched from the log and filled in order", async () => {
  const { server, heard } = await listening();
  server.answer = { epoch: "e", head: 6, events: [message(4), message(5), message(6)] };
  await server.link.say(message(6));
  assert.deepEqual(server.asked, ["http://dunlin.test/v1/channels/room%3Alobby/events?after=3&limit=200"]);
  assert.deepEqual(heard, [4, 5, 6]);
});

test("a log that says when to come again is not asked before, whatever comes meanwhile", async () => {
  const { server, clock, heard } = await listening();
  server.away = 7;
  await server.link.say(message(5));
  await server.link.say(message(6));
  await server.link.say(message(7));
  assert.equal(server.asked.length, 1);
  server.away = undefined;
  server.answer = { epoch: "e", head: 7, events: [message(4)] };
  await clock.move(6_999);
  assert.equal(server.asked.length, 1);
  await clock.move(1);
  assert.deepEqual(heard, [4, 5, 6, 7]);
});

test("a hole that the log cannot fill is said, not passed over", async () => {
  const { server, heard, resets } = await listening();
  server.answer = { epoch: "e", head: 9, events: [] };
  await server.link.say(message(9), message(10));
  await server.link.say(message(11));
  assert.deepEqual(resets, [9]);
  assert.deepEqual(heard, [10, 11]);
});

test("4200 starts over without a position, and says so", async () => {
  const { server, clock, resets, heard } = await listening();
  await server.link.say(message(4));
  server.link.close(4200);
  await clock.move(1_000);
  await server.link.welcome();
  const { ref, after } = server.link.last("subscribe");
  assert.equal(after, undefined);
  await server.link.say({ type: "subscribed", ref, channel: "room:lobby", epoch: "f", head: 2 }, message(3));
  assert.deepEqual(resets, [2]);
  assert.deepEqual(heard, [4, 3]);
});

test("4403 stops, and 4401 tries once with another token", async () => {
  const forbidden = await online();
  forbidden.server.link.close(4403, "banned");
  await forbidden.clock.move(60_000);
  assert.equal(forbidden.server.links.length, 1);
  assert.deepEqual(forbidden.client.state, { status: "stopped", code: 4403, reason: "banned" });

  const expired = await online();
  expired.server.link.close(4401);
  await expired.clock.move(1_000);
  assert.deepEqual(expired.server.link.protocols[1], "bearer.token2");
  expired.server.link.close(4401);
  assert.equal(expired.client.state.status, "stopped");
});

test("goaway comes back at a random point of the jitter, not before", async () => {
  const { server, clock } = await online();
  await server.link.say({ type: "goaway", reason: "drain", reconnectAfterMs: 2_000, jitterMs: 10_000 });
  server.link.close(4000);
  await clock.move(6_999);
  assert.equal(server.links.length, 1);
  await clock.move(1);
  assert.equal(server.links.length, 2);
});

test("token_expiring is answered with a new token on the same link", async () => {
  const { server } = await online();
  await server.link.say({ type: "token_expiring" });
  assert.equal(server.link.last("auth").token, "token2");
  assert.equal(server.links.length, 1);
});

test("a silent link is pinged and, if nothing comes back, replaced", async () => {
  const { server, clock } = await online();
  await clock.move(30_000);
  assert.equal(server.link.last("ping").type, "ping");
  await clock.move(11_000);
  assert.equal(server.links.length, 2);
});

test("read marks move forward only", async () => {
  const { server, client } = await online();
  for (const seq of [3, 2, 3, 5]) client.read("room:lobby", seq);
  const marks = server.link.sent.flatMap((frame) => (frame.type === "read" ? [frame.seq] : []));
  assert.deepEqual(marks, [3, 5]);
});
