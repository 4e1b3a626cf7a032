import assert from "node:assert/strict";
import { test } from "node:test";
import { DunlinClient } from "../src/client.js";
import type { ClientOptions } from "../src/client-options.js";
import { FakeServer } from "./fake-server.js";
import { ManualClock, settled } from "./manual-clock.js";

/** As much of a browser as is listened to. */
const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
const input = new EventTarget();
Object.assign(globalThis, {
  document: page,
  addEventListener: input.addEventListener.bind(input),
  removeEventListener: input.removeEventListener.bind(input),
});

async function online(options: Partial<ClientOptions> = {}) {
  const clock = new ManualClock();
  const server = new FakeServer();
  const client = new DunlinClient({
    url: "http://dunlin.test",
    token: async () => "token",
    clock,
    random: () => 0.5,
    socket: server.socket,
    fetch: server.fetch,
    idleAfter: 10_000,
    ...options,
  });
  client.start();
  await settled();
  await server.link.welcome();
  const statuses = () => server.link.sent.map(({ type }) => type).filter((type) => type === "away" || type === "active");
  return { client, clock, server, statuses };
}

for (const event of ["pointerdown", "pointermove", "keydown", "touchstart", "wheel", "scroll"]) {
  test(`without input the device is away, and ${event} makes it active`, async (context) => {
    const { client, clock, statuses } = await online();
    context.after(() => client.close(0));
    await clock.move(5_000);
    input.dispatchEvent(new Event(event));
    await clock.move(9_999);
    assert.deepEqual(statuses(), []);
    await clock.move(1);
    assert.deepEqual(statuses(), ["away"]);
    input.dispatchEvent(new Event(event));
    input.dispatchEvent(new Event(event));
    assert.deepEqual(statuses(), ["away", "active"]);
    await clock.move(10_000);
    assert.deepEqual(statuses(), ["away", "active", "away"]);
  });
}

test("a page that is shown again is active, and one that is hidden is not", async (context) => {
  const { client, clock, statuses } = await online();
  context.after(() => client.close(0));
  await clock.move(10_000);
  page.visibilityState = "hidden";
  page.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual(statuses(), ["away"]);
  page.visibilityState = "visible";
  page.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual(statuses(), ["away", "active"]);
});

test("a device that is idle is away again after a reconnect", async (context) => {
  const { client, clock, server, statuses } = await online();
  context.after(() => client.close(0));
  await clock.move(10_000);
  server.link.close(1006);
  await clock.move(1_000);
  await server.link.welcome();
  assert.deepEqual(statuses(), ["away"]);
});

test("input does not end what the application chose", async (context) => {
  const { client, clock, statuses } = await online();
  context.after(() => client.close(0));
  client.setAway(true);
  await clock.move(10_000);
  input.dispatchEvent(new Event("keydown"));
  assert.deepEqual(statuses(), ["away"]);
  client.setAway(false);
  assert.deepEqual(statuses(), ["away", "active"]);
});

test("with idleAfter 0 and after close there is no idle device", async () => {
  const never = await online({ idleAfter: 0 });
  await never.clock.move(25_000);
  assert.deepEqual(never.statuses(), []);
  await never.client.close(0);
  const closed = await online();
  await closed.client.close(0);
  await closed.clock.move(60_000);
  input.dispatchEvent(new Event("keydown"));
  assert.deepEqual(closed.statuses(), []);
});

test("by default a browser is idle after 5 minutes, and its device is web", async (context) => {
  const { client, clock, server, statuses } = await online({ idleAfter: undefined } as object);
  context.after(() => client.close(0));
  assert.equal(server.link.url, "ws://dunlin.test/v1/ws?device=web");
  for (let minutes = 0; minutes < 4.5; minutes += 0.5) {
    await clock.move(30_000);
    await server.link.say({ type: "pong" });
  }
  await clock.move(29_999);
  assert.deepEqual(statuses(), []);
  await clock.move(1);
  assert.deepEqual(statuses(), ["away"]);
});
