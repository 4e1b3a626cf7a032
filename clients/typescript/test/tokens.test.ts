import assert from "node:assert/strict";
import { test } from "node:test";
import { expiryOf, TokenSource } from "../src/tokens.js";
import { ManualClock } from "./manual-clock.js";

test("the expiry is read from the JWT", () => {
  const token = `e30.${Buffer.from('{"sub":"zoë","exp":1700000000}').toString("base64url")}.x`;
  assert.equal(expiryOf(token), 1_700_000_000_000);
  assert.equal(expiryOf("opaque"), undefined);
});

test("a token is kept until shortly before its expiry, then renewed once for all who ask", async () => {
  const clock = new ManualClock();
  let asked = 0;
  const tokens = new TokenSource(async () => ({ token: `t${++asked}`, expiresAt: clock.now() + 600_000 }), clock);
  assert.deepEqual(await Promise.all([tokens.fetch(), tokens.fetch()]), ["t1", "t1"]);
  await clock.move(500_000);
  assert.equal(await tokens.fetch(), "t1");
  await clock.move(30_000);
  assert.deepEqual(await Promise.all([tokens.fetch(), tokens.fetch()]), ["t2", "t2"]);
});

test("a short-lived token is not renewed all the time", async () => {
  const clock = new ManualClock();
  const tokens = new TokenSource(async () => ({ token: "t", expiresAt: clock.now() + 60_000 }), clock);
  await tokens.fetch();
  assert.equal(tokens.refreshInMs(), 30_000);
});
