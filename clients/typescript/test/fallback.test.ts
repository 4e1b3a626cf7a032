import assert from "node:assert/strict";
import { test } from "node:test";
import type { TransportName } from "../src/transport/link.js";
import { Session } from "./session.js";
import type { Way } from "./test-server.js";

const refusals: readonly (readonly [string, Way])[] = [
  ["426", { status: 426 }],
  ["403 of a proxy", { status: 403 }],
  ["no answer at all", "hang"],
];

for (const [what, way] of refusals) {
  test(`a WebSocket that meets ${what} is given up for SSE, and SSE that does for polling`, async (context) => {
    const session = await Session.start(context, {}, (server) => (server.websocket = way));
    await session.listen().online("sse");
    assert.deepEqual(session.changes.map(({ from, to }) => `${from} ${to}`), ["websocket sse"]);
    session.server.append("room:lobby");
    await session.hasHeardAll();
    session.server.sse = way;
    session.server.cut();
    session.server.append("room:lobby");
    await session.online("poll");
    await session.hasHeardAll();
    assert.equal(session.changes.at(-1)?.to, "poll");
  });
}

for (const way of ["page", "silent", "empty", { status: 404 }, { status: 500 }] as const) {
  test(`an event stream that answers ${JSON.stringify(way)} is given up for polling`, async (context) => {
    const session = await Session.start(context, { transports: ["sse", "poll"] }, (server) => (server.sse = way));
    await session.listen().online("poll");
    session.server.append("room:lobby");
    await session.hasHeardAll();
  });
}

test("where the platform has no WebSocket, SSE is the best", async (context) => {
  const own = globalThis.WebSocket;
  context.after(() => (globalThis.WebSocket = own));
  Reflect.deleteProperty(globalThis, "WebSocket");
  const session = await (await Session.start(context)).listen().online("sse");
  assert.deepEqual(session.changes, []);
});

test("where a page's policy forbids WebSockets, SSE is used", async (context) => {
  const socket = class {
    constructor() {
      throw new DOMException("refused by the policy", "SecurityError");
    }
  } as unknown as typeof WebSocket;
  await (await Session.start(context, { socket })).listen().online("sse");
});

test("a server that does not answer at all is no reason to leave the best transport", async (context) => {
  const session = await (await Session.start(context)).listen().online("websocket");
  session.server.websocket = { status: 503 };
  for (const way of ["sse", "poll", "rest"] as const) session.server[way] = { status: 503, code: "unavailable" };
  session.server.cut();
  await session.until(() => session.states.filter(({ status }) => status === "waiting").length > 8, "9 waits", 200);
  assert.deepEqual(session.changes, []);
});

test("links that break as soon as they are up count against their transport", async (context) => {
  const session = await (await Session.start(context)).listen().online("websocket");
  session.server.cut();
  await session.online("websocket");
  session.server.cut();
  await session.online("sse");
});

test("after the last transport the first is tried again", async (context) => {
  const session = await Session.start(context, {}, (server) => {
    server.websocket = server.sse = server.poll = { status: 404 };
  });
  session.listen();
  await session.until(() => session.changes.length >= 4, "around", 50);
  assert.deepEqual(session.changes.slice(0, 4).map(({ to }) => to), ["sse", "poll", "websocket", "sse"]);
  session.server.websocket = "open";
  await session.online("websocket");
});

test("a better transport is tried beside the one in use, ever more rarely, and taken when it gets through", async (context) => {
  const session = await Session.start(context, { transports: ["websocket", "poll"] }, (server) => (server.websocket = { status: 426 }));
  await session.listen().online("poll");
  const upgrades = () => session.frames.filter(({ transport, direction }) => transport === "websocket" && direction === "down").length;
  const startedAt = session.clock.now();
  await session.until(() => session.clock.now() - startedAt > 120_000, "two minutes", 100);
  assert.equal(upgrades(), 0);
  assert.equal(session.client.state.status, "online");
  session.server.websocket = "open";
  await session.online("websocket");
  assert.equal(session.changes.at(-1)?.to, "websocket");
  assert.ok(session.states.slice(1 + session.states.findIndex(({ status }) => status === "online")).every(({ status }) => status === "online"));
  session.server.append("room:lobby");
  await session.hasHeardAll();
  await session.until(() => session.server.hearers("room:lobby") === 1);
});

test("what is under way by REST when a WebSocket takes over is answered, and nothing is lost or doubled", async (context) => {
  const session = await (await Session.start(context, { transports: ["poll"] })).listen().online("poll");
  const { client, server } = session;
  for (const by of [["sse"], ["sse", "websocket"], ["websocket"], ["poll", "sse", "websocket"], ["poll"], ["sse", "websocket"]] as TransportName[][]) {
    const before = server.head("room:lobby");
    const sent = Promise.all([1, 2, 3].map((number) => client.publish({ channel: "room:lobby", data: number })));
    client.useTransports(by);
    server.append("room:lobby", "meanwhile");
    let acks: readonly { seq: number }[] = [];
    void sent.then((done) => (acks = done));
    await session.until(() => acks.length === 3);
    assert.equal(server.head("room:lobby"), before + 4);
    await session.hasHeardAll();
  }
  assert.deepEqual(session.resets, []);
});

test("transports are chosen while it runs, and none at all is refused", async (context) => {
  const session = await (await Session.start(context)).listen().online("websocket");
  session.client.useTransports(["poll"]);
  await session.online("poll");
  session.client.useTransports(["sse", "poll"]);
  await session.online("sse");
  session.client.useTransports(["websocket", "sse", "poll"]);
  await session.online("websocket");
  assert.throws(() => session.client.useTransports([]), RangeError);
  assert.deepEqual(session.changes.map(({ to }) => to), ["poll", "sse", "websocket"]);
});

test("what worked is remembered over a reload, and forgotten after a while", async (context) => {
  let kept: string | null = null;
  const memory = { load: () => kept, save: (value: string) => void (kept = value) };
  const first = await Session.start(context, { memory }, (server) => (server.websocket = { status: 426 }));
  await first.listen().online("sse");
  await first.until(() => kept !== null);
  first.client.stop();

  const second = await Session.start(context, { memory });
  second.listen();
  assert.deepEqual(second.states[0], { status: "connecting", attempt: 1, transport: "sse" });
  await second.online("websocket");
  await second.until(() => kept === "");

  kept = `sse ${second.clock.now() - 600_000}`;
  const third = await Session.start(context, { memory });
  await third.listen().online("websocket");
  assert.deepEqual(third.changes, []);
});

test("a browser hides why a WebSocket was refused, so it is asked by HTTP: 503 waits as long as it says", async (context) => {
  const session = await Session.start(context, {}, (server) => (server.websocket = { status: 503, retryAfter: "20", code: "overloaded" }));
  session.listen();
  await session.until(() => session.client.state.status === "waiting");
  const { state } = session.client;
  assert.ok(state.status === "waiting");
  assert.equal(state.retryAt - session.clock.now() > 20_000, true);
  assert.deepEqual(session.changes, []);
  session.server.websocket = "open";
  await session.online("websocket");
});

test("403 by the server stops, whatever the transport", async (context) => {
  for (const transport of ["websocket", "sse", "poll"] as const) {
    const session = await Session.start(context, { transports: [transport] }, (server) => {
      server.websocket = server.rest = { status: 403, code: "forbidden" };
    });
    session.listen();
    await session.until(() => session.client.state.status === "stopped");
    assert.deepEqual(session.client.state, { status: "stopped", code: 4403, reason: "said forbidden" });
  }
});

test("a worn-out token is renewed, and a second refusal stops, whatever the transport", async (context) => {
  for (const transport of ["websocket", "sse", "poll"] as const) {
    const session = await Session.start(context, { transports: [transport] }, (server) => server.wornOut.add("token1"));
    await session.listen().online(transport);
    for (let token = 1; token < 20; token++) session.server.wornOut.add(`token${token}`);
    session.server.cut();
    await session.until(() => session.client.state.status === "stopped");
    assert.equal((session.client.state as { code?: number }).code, 4401);
    assert.ok(session.tokens < 10);
    // Whoever has signed in again calls start.
    session.server.wornOut.clear();
    session.client.start();
    await session.online(transport);
  }
});
