import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { ClientFrame } from "../src/client-frames.js";
import { decode } from "../src/frames.js";
import type { ServerFrame } from "../src/server-frames.js";

/** The fields of each frame as the types here have them; a new kind of frame does not compile without its line. */
const server: Record<ServerFrame["type"], string> = {
  welcome: "session user node heartbeat limits channels more",
  subscribed: "ref channel epoch head from recovered",
  unsubscribed: "ref channel",
  ack: "ref channel id seq ts",
  message: "channel seq id from ts data replyTo edited deleted reactions mentions",
  edited: "channel seq target from ts data mentions deleted",
  deleted: "channel seq target from ts",
  reacted: "channel seq target from ts emoji remove",
  member_joined: "channel seq user by ts",
  member_left: "channel seq user by ts",
  signal: "channel from data",
  typing: "channel from",
  read: "channel from seq",
  received: "channel from seq",
  presence: "changes",
  presence_state: "ref users more",
  presence_ack: "ref channel",
  presence_sync: "ref channel users occupancy partial",
  presence_diff: "channel entered updated left",
  occupancy: "channel users links",
  gap: "channel from to conflated",
  goaway: "reason reconnectAfterMs jitterMs",
  error: "ref code message retryable retryAfterMs",
  pong: "ref",
  token_expiring: "expiresAt",
  authenticated: "ref expiresAt",
};

const client: Record<ClientFrame["type"], string> = {
  subscribe: "ref channel after occupancy",
  unsubscribe: "ref channel",
  publish: "ref channel id data replyTo mentions",
  edit: "ref channel seq data mentions",
  delete: "ref channel seq",
  react: "ref channel seq emoji remove",
  signal: "channel data",
  typing: "channel",
  read: "channel seq",
  received: "channel seq",
  presence: "ref users contacts watch",
  enter: "ref channel data",
  update: "ref channel data",
  leave: "ref channel",
  presence_sync: "ref channel follow",
  auth: "ref token",
  away: "",
  active: "",
  ping: "ref",
};

const fixtures = new URL("../../../../docs/protocol/fixtures/", import.meta.url);

for (const [direction, fieldsOf] of Object.entries({ server, client })) {
  test(`every ${direction} frame of the protocol is known with its fields`, { skip: !existsSync(fixtures) }, () => {
    const seen = readdirSync(new URL(`${direction}/`, fixtures)).map((file) => {
      const [frame] = decode(readFileSync(new URL(`${direction}/${file}`, fixtures), "utf8"));
      assert.ok(frame, file);
      const { type, ...fields } = frame;
      const known = (fieldsOf as Record<string, string | undefined>)[type]?.split(" ");
      assert.ok(known, `${type} is not known`);
      assert.deepEqual(Object.keys(fields).filter((field) => !known.includes(field)), [], file);
      return type;
    });
    assert.deepEqual([...new Set<string>(seen)].sort(), Object.keys(fieldsOf).sort());
  });
}
