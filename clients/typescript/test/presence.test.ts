import assert from "node:assert/strict";
import { test } from "node:test";
import { DunlinClient } from "../src/client.js";
import type { ClientOptions } from "../src/client-options.js";
import type { UserPresence } from "../src/values.js";
import { FakeServer } from "./fake-server.js";
import { ManualClock, settled } from "./manual-clock.js";

const ROOM = "room:lobby";

async function online(options: Partial<ClientOptions> = {}, more: object = {}) {
  const clock = new ManualClock();
  const server = new FakeServer();
  const client = new DunlinClient({
    url: "http://dunlin.test/",
    token: async () => "token",
    clock,
    random: () => 0.5,
    socket: server.socket,
    fetch: server.fetch,
    ...options,
  });
  client.start();
  await settled();
  await server.link.welcome(more);
  const reconnect = async (withMore = more) => {
    server.link.close(1006);
    await clock.move(1_000);
    await server.link.welcome(withMore);
  };
  const sent = (type: string) => server.link.sent.filter((frame) => frame.type === type);
  return { client, clock, server, reconnect, sent };
}

/** Subscribed to a channel whose presence is used. */
async function inRoom() {
  const all = await online();
  const unsubscribe = all.client.channel(ROOM).subscribe({});
  const { presence } = all.client.channel(ROOM);
  const grant = async () => {
    const { ref } = all.server.link.last("subscribe");
    await all.server.link.say({ type: "subscribed", ref, channel: ROOM, epoch: "e", head: 0 });
  };
  await grant();
  const ack = async (type: "enter" | "update" | "leave") => {
    await all.server.link.say({ type: "presence_ack", ref: all.server.link.last(type).ref, channel: ROOM });
  };
  const sync = async (users: object[], more: object = {}) => {
    const { ref } = all.server.link.last("presence_sync");
    await all.server.link.say({ type: "presence_sync", ref, channel: ROOM, users, occupancy: { users: users.length, links: users.length }, ...more });
  };
  return { ...all, presence, unsubscribe, grant, ack, sync };
}

const user = (name: string, data?: object) => ({ user: name, since: 1, ...(data && { data }) });

test("enter waits for the subscription, and resolves with the answer", async () => {
  const { client, server } = await online();
  const { presence } = client.channel(ROOM);
  client.channel(ROOM).subscribe({});
  const entered = presence.enter({ name: "Alice" });
  assert.deepEqual(server.link.sent.map(({ type }) => type), ["subscribe"]);
  await server.link.say({ type: "subscribed", ref: server.link.last("subscribe").ref, channel: ROOM, epoch: "e", head: 0 });
  const { ref, ...frame } = server.link.last("enter");
  assert.deepEqual(frame, { type: "enter", channel: ROOM, data: { name: "Alice" } });
  await server.link.say({ type: "presence_ack", ref, channel: ROOM });
  await entered;
});

test("without a subscription enter is refused at once", async () => {
  const { client, sent } = await online();
  await assert.rejects(client.channel(ROOM).presence.enter(), { code: "forbidden", message: "subscribe to room:lobby first" });
  assert.deepEqual(sent("enter"), []);
});

test("for a membership, enter is sent without a subscribe of one's own", async () => {
  const channels = [{ channel: ROOM, epoch: "e", head: 0, read: 0, unread: 0 }];
  const { client, sent, reconnect } = await online({}, { channels });
  const { presence } = client.channel(ROOM);
  client.channel(ROOM).subscribe({});
  void presence.enter();
  await reconnect();
  assert.equal(sent("enter").length, 1, "the welcome has granted it");
});

test("a reconnect enters again with the last data, and follows again", async () => {
  const { presence, server, ack, sync, reconnect, grant, sent } = await inRoom();
  const entered = presence.enter({ typing: false });
  await ack("enter");
  const updated = presence.update({ typing: true });
  await ack("update");
  const followed = presence.follow();
  await sync([user("bob")]);
  assert.deepEqual([...(await followed).keys()], ["bob"]);
  await Promise.all([entered, updated]);

  await reconnect();
  assert.deepEqual([sent("enter"), sent("presence_sync")], [[], []], "not before the subscription is granted");
  await grant();
  assert.deepEqual(server.link.last("enter").data, { typing: true });
  assert.equal(sent("update").length, 0);
  assert.equal(server.link.last("presence_sync").follow, true);
  await sync([user("carol")]);
  assert.deepEqual([...presence.members.keys()], ["carol"], "the answer replaces the members");
});

test("enter survives a link that is lost before the answer", async () => {
  const { presence, reconnect, grant, ack, sent } = await inRoom();
  const entered = presence.enter();
  await reconnect();
  await grant();
  assert.equal(sent("enter").length, 1);
  await ack("enter");
  await entered;
});

test("after leave a reconnect does not enter", async () => {
  const { presence, ack, reconnect, grant, sent } = await inRoom();
  const entered = presence.enter();
  await ack("enter");
  await entered;
  const left = presence.leave();
  await ack("leave");
  await left;
  await reconnect();
  await grant();
  assert.deepEqual([sent("enter").length, sent("leave").length], [0, 1], "it leaves again, since a subscription may enter");
});

test("diffs change the members, and each change is an event", async () => {
  const { presence, server, sync } = await inRoom();
  const events: string[] = [];
  for (const name of ["enter", "update", "leave"] as const) {
    presence.on(name, (one) => events.push(`${name} ${one.user} ${JSON.stringify(one.data)}`));
  }
  void presence.follow();
  const { ref } = server.link.last("presence_sync");
  // In one message: the diff builds on the answer before its promise is settled.
  await server.link.say(
    { type: "presence_sync", ref, channel: ROOM, users: [user("alice", { x: 1 }), user("bob")], occupancy: { users: 2, links: 3 } },
    { type: "presence_diff", channel: ROOM, entered: [user("carol")], updated: [user("alice", { x: 2 })], left: ["bob", "dave"] },
  );
  assert.deepEqual(events, ["enter carol undefined", 'update alice {"x":2}', "leave bob undefined"]);
  assert.deepEqual([...presence.members.values()], [user("alice", { x: 2 }), user("carol")]);
  assert.deepEqual(presence.occupancy, { users: 2, links: 3 });
  await sync([]);
  assert.equal(presence.members.size, 0);
});

test("a sync without a ref replaces everything, and a partial one has numbers only", async () => {
  const { presence, server, sync } = await inRoom();
  const syncs: string[][] = [];
  presence.on("sync", (members) => syncs.push([...members.keys()]));
  void presence.follow();
  await sync([user("bob")]);
  await server.link.say({ type: "presence_sync", channel: ROOM, users: [user("carol")], occupancy: { users: 1, links: 1 } });
  assert.equal(presence.partial, false);
  await server.link.say({ type: "presence_sync", channel: ROOM, users: [], occupancy: { users: 900, links: 901 }, partial: true });
  assert.deepEqual(syncs, [["bob"], ["carol"], []]);
  assert.deepEqual([presence.partial, presence.occupancy], [true, { users: 900, links: 901 }]);
});

test("unfollow ends the diffs and forgets the members", async () => {
  const { presence, server, sync, reconnect, grant, sent } = await inRoom();
  void presence.follow();
  await sync([user("bob")]);
  const unfollowed = presence.unfollow();
  const { ref, follow } = server.link.last("presence_sync");
  assert.equal(follow, false);
  await server.link.say({ type: "presence_diff", channel: ROOM, entered: [user("carol")] }, { type: "presence_ack", ref, channel: ROOM });
  await unfollowed;
  assert.equal(presence.members.size, 0);
  await reconnect();
  await grant();
  assert.equal(sent("presence_sync").length, 0);
});

test("a refusal rejects, and nothing is repeated", async () => {
  const { presence, server, reconnect, grant, sent } = await inRoom();
  const refused = assert.rejects(presence.enter({ x: 1 }), { code: "not_found", message: "count only", retryable: false });
  await server.link.say({ type: "error", ref: server.link.last("enter").ref, code: "not_found", message: "count only", retryable: false });
  await refused;
  await reconnect();
  await grant();
  assert.deepEqual(sent("enter"), []);
});

test("a refusal that passes is repeated after the time that the server gives", async () => {
  const { presence, server, clock, ack, sent } = await inRoom();
  const entered = presence.enter();
  await server.link.say({ type: "error", ref: server.link.last("enter").ref, code: "rate_limited", message: "slow", retryable: true, retryAfterMs: 700 });
  await clock.move(699);
  assert.equal(sent("enter").length, 1);
  await clock.move(1);
  assert.equal(sent("enter").length, 2);
  await ack("enter");
  await entered;
});

test("what is refused after a reconnect is reported", async () => {
  const { presence, server, ack, reconnect, grant } = await inRoom();
  const codes: string[] = [];
  presence.on("failed", ({ code }) => codes.push(code));
  void presence.enter();
  await ack("enter");
  await reconnect();
  await grant();
  await server.link.say({ type: "error", ref: server.link.last("enter").ref, code: "forbidden", message: "no", retryable: false });
  assert.deepEqual(codes, ["forbidden"]);
});

test("the end of the subscription ends the presence", async () => {
  const { presence, unsubscribe, client, ack, sync, reconnect, sent } = await inRoom();
  void presence.enter();
  await ack("enter");
  void presence.follow();
  await sync([user("bob")]);
  unsubscribe();
  assert.deepEqual([presence.members.size, presence.occupancy], [0, undefined]);
  await assert.rejects(presence.enter(), { code: "forbidden" });
  client.channel(ROOM).subscribe({});
  await reconnect();
  assert.deepEqual([sent("enter"), sent("presence_sync")], [[], []]);
});

test("a member who unsubscribes leaves, since the session stays subscribed", async () => {
  const { client, server, sent } = await online({}, { channels: [{ channel: ROOM, epoch: "e", head: 0, read: 0, unread: 0 }] });
  const { presence } = client.channel(ROOM);
  const unsubscribe = client.channel(ROOM).subscribe({});
  await server.link.say({ type: "subscribed", ref: server.link.last("subscribe").ref, channel: ROOM, epoch: "e", head: 0 });
  void presence.enter();
  await server.link.say({ type: "presence_ack", ref: server.link.last("enter").ref, channel: ROOM });
  unsubscribe();
  assert.deepEqual([sent("leave").length, sent("unsubscribe").length], [1, 0]);
});

test("a subscription that the server refuses or ends rejects what waits for it", async () => {
  const { client, server } = await online();
  client.channel(ROOM).subscribe({});
  const refused = assert.rejects(client.channel(ROOM).presence.enter(), { code: "forbidden", message: "not yours" });
  await server.link.say({ type: "error", ref: server.link.last("subscribe").ref, code: "forbidden", message: "not yours", retryable: false });
  await refused;

  const ended = await inRoom();
  void ended.presence.follow();
  await ended.sync([user("bob")]);
  await ended.server.link.say({ type: "unsubscribed", channel: ROOM });
  assert.equal(ended.presence.members.size, 0);
});

test("close rejects what waits for a link", async () => {
  const { presence, client, server } = await inRoom();
  server.link.close(1006);
  const rejected = assert.rejects(presence.enter(), { code: "unavailable" });
  await client.close(0);
  await rejected;
});

test("a listener of the occupancy requests it, also after a reconnect", async () => {
  const { presence, server, reconnect, sent } = await inRoom();
  assert.equal(server.link.last("subscribe").occupancy, undefined);
  const counts: number[] = [];
  presence.on("occupancy", ({ users, links }) => counts.push(users, links));
  assert.deepEqual([sent("subscribe").length, server.link.last("subscribe").occupancy], [2, true]);
  await server.link.say({ type: "subscribed", ref: server.link.last("subscribe").ref, channel: ROOM, epoch: "e", head: 0 });
  await server.link.say({ type: "occupancy", channel: ROOM, users: 4, links: 5 });
  assert.deepEqual([counts, presence.occupancy], [[4, 5], { users: 4, links: 5 }]);
  await reconnect();
  assert.deepEqual([sent("subscribe").length, server.link.last("subscribe").occupancy], [1, true]);
});

test("the occupancy is requested, too, while the first subscribe is not answered yet", async () => {
  const { client, server, sent } = await online();
  client.channel(ROOM).subscribe({});
  client.channel(ROOM).presence.on("occupancy", () => undefined);
  assert.equal(sent("subscribe").length, 1);
  await server.link.say({ type: "subscribed", ref: server.link.last("subscribe").ref, channel: ROOM, epoch: "e", head: 0 });
  assert.deepEqual([sent("subscribe").length, server.link.last("subscribe").occupancy], [2, true]);
});

test("a watch of contacts is sent again after a reconnect, and its answer is an event with all fields", async () => {
  const { client, server, reconnect, sent } = await online();
  const heard: UserPresence[] = [];
  client.on("presence", (users) => heard.push(...users));
  client.watchContacts();
  const { ref, ...frame } = server.link.last("presence");
  assert.deepEqual(frame, { type: "presence", contacts: true, watch: true });
  const bob = { user: "bob", status: "online", devices: { web: "away", mobile: "online" }, dnd: true, text: "In a meeting", emoji: "📅", until: 7 };
  await server.link.say({ type: "presence_state", ref, users: [bob] });
  assert.deepEqual(heard, [bob]);
  await reconnect();
  assert.equal(sent("presence").length, 1);
});

test("the kind of device is in the URL of the link", async () => {
  for (const [device, expected] of [[undefined, "desktop"], ["mobile", "mobile"]] as const) {
    const { server } = await online(device && { device });
    assert.equal(server.link.url, `ws://dunlin.test/v1/ws?device=${expected}`);
  }
});

test("the status and its visibility go by REST", async () => {
  const { client, server } = await online();
  const mine = { user: "alice", status: "online", choice: { status: "dnd", text: "Focus" }, visibleTo: "members" };
  server.answer = mine;
  assert.deepEqual(await client.rest.setStatus({ status: "dnd", text: "Focus" }), mine);
  assert.deepEqual(await client.rest.ownPresence(), mine);
  await client.rest.setStatus();
  await client.rest.setVisibility("nobody");
  await client.rest.setVisibility();
  assert.deepEqual(server.calls, [
    ["PUT", "/v1/presence/me", { status: "dnd", text: "Focus" }],
    ["GET", "/v1/presence/me", undefined],
    ["PUT", "/v1/presence/me", {}],
    ["PUT", "/v1/presence/me/visibility", { visibleTo: "nobody" }],
    ["PUT", "/v1/presence/me/visibility", {}],
  ]);
});
