import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "./session.js";

const asked = (session: Session, path: string) => session.server.asked.filter(({ url }) => url.pathname === path);

test("sse: an event that the cut of a stream halved comes whole with the next, after the right cursor", async (context) => {
  const session = await (await Session.start(context, { transports: ["sse"] })).listen().online("sse");
  session.server.append("room:lobby");
  await session.hasHeardAll();
  session.server.cutInEvent();
  session.server.append("room:lobby");
  await session.hasHeardAll();
  assert.notEqual(asked(session, "/v1/events").at(-1)?.headers["last-event-id"], "forged");
  // The stream alone is asked for again; the session did not notice.
  assert.equal(session.states.filter(({ status }) => status === "connecting").length, 1);
});

test("sse: characters that are cut between pieces stay whole", async (context) => {
  const session = await Session.start(context, { transports: ["sse"] }, (server) => (server.pieces = 1));
  await session.listen().online("sse");
  const texts: unknown[] = [];
  session.client.on("event", (event) => event.type === "message" && texts.push(event.data));
  session.server.append("room:lobby", "żółw 🐢 ﷽");
  await session.until(() => texts.length === 1);
  assert.deepEqual(texts, ["żółw 🐢 ﷽"]);
});

test("sse: the token goes in the header, and never in the address", async (context) => {
  const session = await (await Session.start(context, { transports: ["sse"] })).listen().online("sse");
  const [request] = asked(session, "/v1/events");
  assert.equal(request?.headers.authorization, "Bearer token1");
  assert.ok(session.server.asked.every(({ url }) => !url.href.includes("token1")));
});

for (const [heartbeatS, deadAfterMs] of [[2, 14_000], [30, 70_000], [120, 250_000]] as const) {
  test(`sse: a stream is dead after two heartbeats and 10 s without a byte, where one comes every ${heartbeatS} s`, async (context) => {
    const session = await Session.start(context, { transports: ["sse"] }, (server) => (server.heartbeatS = heartbeatS));
    await session.listen().online("sse");
    session.server.keepsAlive = false;
    const before = asked(session, "/v1/events").length;
    const silentAt = session.clock.now();
    await session.until(() => asked(session, "/v1/events").length > before, "asked again", 200);
    const took = session.clock.now() - silentAt;
    assert.ok(took > deadAfterMs - 1_000 && took < deadAfterMs + 2_000, `asked again after ${took} ms`);
  });
}

for (const transport of ["sse", "poll"] as const) {
  const path = { sse: "/v1/events", poll: "/v1/poll" }[transport];
  const only = { transports: [transport] };

  test(`${transport}: channels that are subscribed together are asked for together, and the cursor goes along`, async (context) => {
    const session = await (await Session.start(context, only)).listen("room:a").online(transport, "room:a");
    const before = asked(session, path).length;
    session.listen("room:b").listen("room:c");
    const leave = session.client.subscribe("room:d", {});
    await session.online(transport, "room:d");
    assert.deepEqual(asked(session, path)[before]?.url.searchParams.getAll("channel"), ["room:a", "room:b", "room:c", "room:d"]);
    leave();
    await session.until(() => session.server.hearers("room:d") === 0 && session.server.hearers("room:c") === 1);
    const last = asked(session, path).at(-1);
    assert.ok(transport === "poll" ? last?.url.searchParams.get("cursor") : last?.headers["last-event-id"]);
  });

  test(`${transport}: a server that says neither welcome nor subscribed is asked by REST where its channels stand`, async (context) => {
    const session = await Session.start(context, only, (server) => (server.announces = false));
    session.server.append("room:lobby");
    await session.listen("room:lobby", { seq: 0 }).online(transport);
    await session.hasHeardAll();
    session.listen("signal:cursors");
    await session.online(transport);
    session.server.append("room:lobby");
    await session.hasHeardAll();
    session.server.cut();
    session.server.append("room:lobby");
    await session.hasHeardAll();
    assert.deepEqual(session.failed, []);
  });

  test(`${transport}: a cursor that the server does not take is dropped, and nothing is lost`, async (context) => {
    const session = await (await Session.start(context, only)).listen().online(transport);
    session.server.append("room:lobby");
    await session.hasHeardAll();
    session.server[transport] = { status: 400, code: "bad_request" };
    session.server.cut();
    session.server.append("room:lobby");
    const before = asked(session, path).length;
    await session.until(() => asked(session, path).length > before);
    session.server[transport] = "open";
    await session.hasHeardAll();
    assert.deepEqual(session.resets, []);
  });

  test(`${transport}: 503 with Retry-After is waited for, and 429 as well`, async (context) => {
    for (const status of [503, 429]) {
      const session = await (await Session.start(context, only)).listen().online(transport);
      session.server[transport] = { status, retryAfter: "12", code: "overloaded" };
      session.server.cut();
      await session.until(() => session.client.state.status === "waiting" && session.client.state.reason.includes("overloaded"));
      const { state } = session.client;
      assert.ok(state.status === "waiting" && state.retryAt - session.clock.now() > 11_000, JSON.stringify(state));
      session.server[transport] = "open";
      session.server.append("room:lobby");
      await session.hasHeardAll();
      assert.deepEqual(session.changes, []);
    }
  });

  test(`${transport}: a request that has gone silent is made again`, async (context) => {
    const session = await (await Session.start(context, only)).listen().online(transport);
    session.server.keepsAlive = false;
    const before = asked(session, path).length;
    await session.until(() => asked(session, path).length > before, "asked again", 200);
    session.server.keepsAlive = true;
    await session.online(transport);
    session.server.append("room:lobby");
    await session.hasHeardAll();
  });

  test(`${transport}: goaway is obeyed: not back before the time, and nothing is lost`, async (context) => {
    const session = await (await Session.start(context, only)).listen().online(transport);
    session.server.end({ type: "goaway", reason: "drain", reconnectAfterMs: 4_000, jitterMs: 4_000 });
    await session.until(() => session.frames.some(({ frame }) => frame.type === "goaway"));
    const saidAt = session.clock.now();
    session.server.append("room:lobby");
    await session.hasHeardAll();
    const back = session.clock.now() - saidAt;
    assert.ok(back >= 5_900, `back after ${back} ms`);
  });

  for (const [code, closes] of [["forbidden", 4403], ["conflict", 4409], ["bad_request", 4400], ["unauthenticated", 0]] as const) {
    test(`${transport}: an error for good as the last frame is what a close code is: ${code}`, async (context) => {
      const session = await (await Session.start(context, only)).listen().online(transport);
      session.server.end({ type: "error", code, message: "enough", retryable: false });
      if (closes) {
        await session.until(() => session.client.state.status === "stopped");
        assert.deepEqual(session.client.state, { status: "stopped", code: closes, reason: "enough" });
      } else {
        session.server.append("room:lobby");
        await session.hasHeardAll();
        assert.equal(asked(session, path).at(-1)?.headers.authorization, "Bearer token2");
      }
    });
  }

  test(`${transport}: a token near its end is renewed without a word to the application`, async (context) => {
    let now = () => 0;
    let tokens = 0;
    const session = await Session.start(context, {
      ...only,
      token: async () => ({ token: `t${++tokens}`, expiresAt: now() + 200_000 }),
    });
    now = () => session.clock.now();
    await session.listen().online(transport);
    await session.until(() => asked(session, path).at(-1)?.headers.authorization === "Bearer t2", "a new token", 200);
    session.server.append("room:lobby");
    await session.hasHeardAll();
    assert.equal(session.states.filter(({ status }) => status === "connecting").length, 1);
  });

  test(`${transport}: channels that do not fit are refused for now, and memberships that do not are said`, async (context) => {
    const session = await Session.start(context, only, (server) => {
      server.memberships = Array.from({ length: 120 }, (_, index) => `group:${index}`);
    });
    const errors: string[] = [];
    session.client.on("error", ({ code }) => errors.push(code));
    await session.listen("room:lobby").online(transport);
    assert.deepEqual(errors, ["overloaded"]);
    assert.equal(asked(session, path)[0]?.url.searchParams.getAll("channel").length, 100);
  });
}

test("a better transport after a cursor leaves the cursor behind", async (context) => {
  const session = await (await Session.start(context, { transports: ["sse"] })).listen().online("sse");
  session.server.append("room:lobby");
  await session.hasHeardAll();
  session.client.useTransports(["websocket"]);
  await session.online("websocket");
  session.server.append("room:lobby");
  await session.hasHeardAll();
  const before = asked(session, "/v1/events").length;
  session.client.useTransports(["sse"]);
  await session.online("sse");
  assert.equal(asked(session, "/v1/events")[before]?.headers["last-event-id"], undefined);
  session.server.append("room:lobby");
  await session.hasHeardAll();
});

for (const transport of ["sse", "poll"] as const) {
  test(`${transport}: requests name the device, and the presence of a channel needs a WebSocket`, async (context) => {
    const session = await (await Session.start(context, { transports: [transport], device: "mobile" })).listen().online(transport);
    const { presence } = session.client.channel("room:lobby");
    for (const refused of [presence.enter(), presence.update(1), presence.follow()]) {
      await assert.rejects(refused, { code: "unavailable", message: "this needs a WebSocket", retryable: true });
    }
    await presence.leave();
    const streams = session.server.asked.filter(({ url }) => url.pathname === (transport === "sse" ? "/v1/events" : "/v1/poll"));
    assert.ok(streams.length > 0 && streams.every(({ url }) => url.searchParams.get("device") === "mobile"));
  });
}

test("what a WebSocket entered is entered again when a WebSocket works again", async (context) => {
  const session = await (await Session.start(context)).listen().online("websocket");
  const { client, server } = session;
  const entered = () => server.frames.filter(({ type }) => type === "enter").length;
  await client.channel("room:lobby").presence.enter();
  client.useTransports(["sse"]);
  await session.online("sse");
  client.useTransports(["websocket", "sse"]);
  await session.online("websocket");
  await session.until(() => entered() === 2);
});
