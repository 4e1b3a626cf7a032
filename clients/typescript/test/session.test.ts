import assert from "node:assert/strict";
import { test } from "node:test";
import { TRANSPORTS } from "../src/transport/link.js";
import { Session } from "./session.js";

for (const transport of TRANSPORTS) {
  const transports = [transport];
  const only = { transports };

  test(`${transport}: what is published comes with its number, is changed, and comes to all who listen`, async (context) => {
    const session = await (await Session.start(context, only)).listen().online(transport);
    const lobby = session.client.channel("room:lobby");
    assert.equal((await lobby.publish({ text: "żółw 🐢" }, { id: "one" })).seq, 1);
    assert.equal((await lobby.edit(1, "changed")).seq, 2);
    assert.equal((await lobby.react(1, "👍")).seq, 3);
    assert.equal((await lobby.react(1, "👍", true)).seq, 4);
    assert.equal((await lobby.delete(1)).seq, 5);
    assert.equal((await lobby.publish("again", { id: "one" })).seq, 1);
    await session.hasHeardAll();
  });

  test(`${transport}: after a cut the client goes on after the last event, each once and in order`, async (context) => {
    const session = await (await Session.start(context, only)).listen().online(transport);
    for (let round = 0; round < 5; round++) {
      for (let count = 0; count < 3; count++) session.server.append("room:lobby");
      await session.hasHeardAll();
      session.server.cut();
      for (let count = 0; count < 3; count++) session.server.append("room:lobby");
      await session.hasHeardAll();
    }
    assert.deepEqual(session.resets, []);
  });

  test(`${transport}: a position of another numbering is a reset`, async (context) => {
    const session = await (await Session.start(context, only)).listen().online(transport);
    session.server.append("room:lobby");
    await session.hasHeardAll();
    session.server.cut();
    session.server.renumber("room:lobby", "f");
    session.server.append("room:lobby");
    session.server.append("room:lobby");
    await session.until(() => session.resets.length > 0);
    assert.deepEqual(session.resets, [2]);
    await session.online(transport);
    session.server.append("room:lobby");
    await session.until(() => session.heard.length === 2);
    assert.deepEqual(session.heard, [1, 3]);
  });

  test(`${transport}: what a resume cannot recover is fetched, and reset where it is no longer kept`, async (context) => {
    const session = await (await Session.start(context, only)).listen().online(transport);
    session.server.append("room:lobby");
    await session.hasHeardAll();
    session.server.recovers = false;
    session.server.cut();
    for (let count = 0; count < 5; count++) session.server.append("room:lobby");
    await session.hasHeardAll();
    await session.online(transport);
    session.server.cut();
    for (let count = 0; count < 5; count++) session.server.append("room:lobby");
    session.server.retain("room:lobby", 10);
    await session.until(() => session.resets.length > 0);
    assert.deepEqual(session.resets, [11]);
    await session.online(transport);
    session.server.append("room:lobby");
    await session.until(() => session.heard.at(-1) === 12);
    assert.deepEqual(session.heard, [1, 2, 3, 4, 5, 6, 12]);
  });

  test(`${transport}: a gap is fetched`, async (context) => {
    const session = await (await Session.start(context, only)).listen().online(transport);
    session.server.pauses = true;
    for (let count = 0; count < 450; count++) session.server.append("room:lobby");
    session.server.pauses = false;
    session.server.say("room:lobby", { type: "gap", channel: "room:lobby", from: 1, to: 450 });
    await session.hasHeardAll();
    assert.ok(session.fetched() >= 2);
  });

  test(`${transport}: a gap of more than is fetched one by one is a reset`, async (context) => {
    const session = await (await Session.start(context, only)).listen().online(transport);
    session.server.say("room:lobby", { type: "gap", channel: "room:lobby", from: 1, to: 5_000 });
    await session.until(() => session.resets.length > 0);
    assert.deepEqual([session.resets, session.fetched()], [[5_000], 0]);
  });

  test(`${transport}: a conflated gap is passed over and said, and nothing is fetched`, async (context) => {
    const session = await (await Session.start(context, only)).listen().online(transport);
    session.server.append("room:lobby");
    await session.hasHeardAll();
    await session.online(transport);
    session.server.say("room:lobby", { type: "gap", channel: "room:lobby", from: 2, to: 9, conflated: true });
    await session.until(() => session.skipped.length > 0);
    await session.online(transport);
    session.server.say("room:lobby", { type: "message", channel: "room:lobby", seq: 10, id: "x", from: "bob", ts: 1 });
    await session.until(() => session.heard.length === 2);
    assert.deepEqual([session.heard, session.skipped, session.resets, session.fetched()], [[1, 10], [2, 9], [], 0]);
  });

  test(`${transport}: events that are doubled and in disorder come out once each and in order`, async (context) => {
    const session = await (await Session.start(context, only)).listen().online(transport);
    const events = [1, 2, 3, 4].map(() => session.server.append("room:lobby"));
    for (const index of [2, 0, 3, 1, 1, 2]) {
      await session.online(transport);
      session.server.say("room:lobby", events[index] ?? {});
    }
    await session.hasHeardAll();
  });

  test(`${transport}: read marks, signals, presence and the time to the server`, async (context) => {
    const session = await (await Session.start(context, only)).listen().online(transport);
    const { client, server } = session;
    const users: string[] = [];
    client.on("presence", (changes) => users.push(...changes.map(({ user, status }) => `${user} ${status}`)));
    client.watchPresence(["bob", "carol"]);
    for (const seq of [1, 2, 5, 3]) client.read("room:lobby", seq);
    client.signal("room:lobby", { x: 1 });
    client.typing("room:lobby");
    client.received("room:lobby", 1);
    client.setAway(true);
    await session.until(() => users.length === 2 && server.reads.at(-1)?.seq === 5);
    assert.deepEqual(users, ["bob online", "carol online"]);
    assert.ok((await client.ping()) >= 0);
    const types = new Set(server.frames.map(({ type }) => type));
    assert.equal(types.has("typing") && types.has("away") && types.has("received"), transport === "websocket");
  });

  test(`${transport}: a channel that is refused fails, and the others go on`, async (context) => {
    for (const refusesAll of [false, true]) {
      const session = await Session.start(context, only, (server) => server.refused.set("group:secret", 403));
      session.server.refusesAll = refusesAll;
      await session.listen().online(transport);
      session.listen("group:secret");
      await session.until(() => session.failed.length > 0);
      assert.deepEqual(session.failed, ["forbidden"]);
      await session.online(transport);
      session.server.append("room:lobby");
      await session.hasHeardAll();
    }
  });

  test(`${transport}: a subscription that the server ends is told, and the others go on, over a reconnect too`, async (context) => {
    for (const way of ["said", "found", "refused"]) {
      const session = await (await Session.start(context, only)).listen("room:lobby").listen("group:eng").online(transport);
      await session.online(transport, "group:eng");
      if (way === "said") session.server.expel("group:eng");
      else session.server.refused.set("group:eng", 404);
      session.server.refusesAll = way === "refused";
      if (way !== "said") session.server.cut();
      await session.until(() => session.failed.length > 0);
      session.server.cut();
      session.server.append("room:lobby");
      await session.hasHeardAll();
      assert.ok(session.failed.every((code) => code === "forbidden"));
    }
  });

  test(`${transport}: a listener can start in the past, and another can join`, async (context) => {
    const session = await Session.start(context, only, (server) => {
      for (let count = 0; count < 5; count++) server.append("room:lobby");
    });
    await session.listen("room:lobby", { seq: 2 }).online(transport);
    await session.hasHeardAll("room:lobby", 3);
    const joined: number[] = [];
    let stands = 0;
    const leave = session.client.subscribe("room:lobby", { event: ({ seq }) => joined.push(seq), subscribed: () => stands++ });
    await session.online(transport);
    session.server.append("room:lobby");
    await session.until(() => joined.length === 1);
    leave();
    await session.online(transport);
    session.server.append("room:lobby");
    await session.hasHeardAll("room:lobby", 3);
    assert.deepEqual([joined, stands], [[6], 1]);
  });

  test(`${transport}: the channels of the user's memberships are heard, and go on after a cut`, async (context) => {
    const session = await Session.start(context, only, (server) => (server.memberships = ["group:eng"]));
    const seqs: number[] = [];
    session.client.on("event", ({ seq }) => seqs.push(seq));
    session.client.start();
    await session.online(transport, "group:eng");
    session.server.append("group:eng");
    await session.until(() => seqs.length === 1);
    session.server.cut();
    session.server.append("group:eng");
    session.server.append("group:eng");
    await session.until(() => seqs.length === 3);
    assert.deepEqual(seqs, [1, 2, 3]);
  });
}
