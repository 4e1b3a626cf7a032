import assert from "node:assert/strict";
import { test } from "node:test";
import { HttpError } from "../src/errors.js";
import { endingOf } from "../src/transport/ending.js";
import { TransportChoice } from "../src/transport/transport-choice.js";
import { ManualClock } from "./manual-clock.js";

function choice(...names: readonly ("websocket" | "sse" | "poll")[]): TransportChoice {
  return new TransportChoice(names, new ManualClock(), undefined);
}

test("two failures that speak against a transport move on, or one that leaves no doubt", () => {
  const all = choice("websocket", "sse", "poll");
  assert.equal(all.failed(1), false);
  assert.equal(all.failed(1), true);
  assert.equal(all.current, "sse");
  assert.equal(all.failed(2), true);
  assert.equal(all.current, "poll");
  assert.deepEqual(all.better, ["websocket", "sse"]);
  assert.equal(all.failed(2), true);
  assert.equal(all.current, "websocket");
});

test("a success in between starts the count over", () => {
  const all = choice("websocket", "sse");
  all.failed(1);
  all.worked();
  assert.equal(all.failed(1), false);
});

test("silence of the whole server never moves on from the best, and slowly from the others", () => {
  const all = choice("websocket", "sse");
  for (let failure = 0; failure < 100; failure++) assert.equal(all.failed(0.5), false);
  all.use("sse");
  assert.deepEqual([1, 2, 3, 4].map(() => all.failed(0.5)), [false, false, false, true]);
  assert.equal(all.current, "websocket");
});

test("a single transport has nowhere to go, and the order is always from the best", () => {
  assert.equal(choice("poll").failed(2), false);
  assert.equal(choice("poll", "websocket").current, "websocket");
});

test("what is not allowed any more is left", () => {
  const all = choice("websocket", "sse", "poll");
  assert.equal(all.allow(["websocket", "poll"]), false);
  assert.equal(all.allow(["poll"]), true);
  assert.equal(all.current, "poll");
  assert.equal(all.allow(["websocket", "poll"]), false);
  assert.deepEqual(all.better, ["websocket"]);
});

test("an HTTP transport is left where REST is not there, else a client would ask there for ever", () => {
  const rest = (status: number) => endingOf(new HttpError(status, false, "internal", "no", undefined), "rest");
  for (const status of [404, 405, 406, 501]) assert.equal(rest(status).blocked, 2);
  assert.equal(rest(500).blocked, 0);
});
