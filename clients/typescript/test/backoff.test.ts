import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../src/backoff.js";

test("the ceiling doubles from 1 s to 30 s and stays there", () => {
  const backoff = new Backoff(1_000, 30_000, () => 0.999999);
  const waits = Array.from({ length: 8 }, () => Math.ceil(backoff.next() / 1000));
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30, 30]);
});

test("the jitter is full: a wait may be anything down to nothing", () => {
  const backoff = new Backoff(1_000, 30_000, () => 0);
  for (let failure = 0; failure < 100; failure++) assert.equal(backoff.next(), 0);
});

test("a success starts it over", () => {
  const backoff = new Backoff(1_000, 30_000, () => 0.5);
  for (let failure = 0; failure < 6; failure++) backoff.next();
  backoff.succeeded();
  assert.equal(backoff.next(), 500);
});
