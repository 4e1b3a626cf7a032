import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "./session.js";

/** As much of a browser as is listened to. */
const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
const network = new EventTarget();
Object.assign(globalThis, {
  document: page,
  addEventListener: network.addEventListener.bind(network),
  removeEventListener: network.removeEventListener.bind(network),
});

function tell(event: "online" | "offline"): void {
  network.dispatchEvent(new Event(event));
}

function show(state: "visible" | "hidden"): void {
  page.visibilityState = state;
  page.dispatchEvent(new Event("visibilitychange"));
}

for (const transport of ["websocket", "sse", "poll"] as const) {
  test(`${transport}: a lost network ends the link at once, and its return connects without waiting`, async (context) => {
    const session = await (await Session.start(context, { transports: [transport] })).listen().online(transport);
    const status = () => session.client.state.status;
    tell("offline");
    assert.equal(status(), "waiting");
    session.server.append("room:lobby");
    // The clock stands still: nothing but the event connects.
    tell("online");
    assert.equal(status(), "connecting");
    await session.hasHeardAll();
    tell("offline");
    show("hidden");
    assert.equal(status(), "waiting");
    show("visible");
    assert.equal(status(), "connecting");
    await session.online(transport);
    assert.deepEqual(session.changes, []);
  });

  test(`${transport}: somebody who looks again after a long silence has the link checked`, async (context) => {
    const session = await (await Session.start(context, { transports: [transport] })).listen().online(transport);
    session.server.keepsAlive = false;
    const before = session.server.asked.length + session.server.frames.length;
    await session.clock.move(transport === "websocket" ? 20_000 : 40_000);
    session.server.append("room:lobby");
    show("visible");
    await session.until(() => session.server.asked.length + session.server.frames.length > before);
    await session.hasHeardAll();
  });
}
