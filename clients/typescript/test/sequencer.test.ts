import assert from "node:assert/strict";
import { test } from "node:test";
import { Sequencer } from "../src/sequencer.js";
import type { ChannelEvent } from "../src/server-frames.js";
import { message } from "./fake-server.js";

const event = (seq: number) => message(seq) as ChannelEvent;
const seqs = (events: readonly ChannelEvent[]) => events.map(({ seq }) => seq);

function at(seq: number): Sequencer {
  const sequencer = new Sequencer();
  sequencer.restart("e", seq);
  return sequencer;
}

test("a repeated seq comes out once", () => {
  const sequencer = at(0);
  assert.deepEqual(seqs(sequencer.offer(event(1))), [1]);
  assert.deepEqual(seqs(sequencer.offer(event(1))), []);
});

test("an early event waits for the one before it", () => {
  const sequencer = at(4);
  assert.deepEqual(seqs(sequencer.offer(event(7))), []);
  assert.deepEqual(seqs(sequencer.offer(event(6))), []);
  assert.notEqual(sequencer.holeEnd, 0);
  assert.deepEqual(seqs(sequencer.offer(event(5))), [5, 6, 7]);
  assert.equal(sequencer.holeEnd, 0);
  assert.deepEqual(sequencer.position, { epoch: "e", seq: 7 });
});

test("events that come before the position is known wait for it, and those it covers are dropped", () => {
  const sequencer = new Sequencer();
  for (const seq of [11, 12, 10]) assert.deepEqual(seqs(sequencer.offer(event(seq))), []);
  assert.deepEqual(seqs(sequencer.restart("e", 10)), [11, 12]);
});

test("any order with repeats comes out dense", () => {
  for (let round = 0; round < 200; round++) {
    const sequencer = at(0);
    const offered = Array.from({ length: 40 }, (_, index) => event((index % 20) + 1));
    for (let index = offered.length - 1; index > 0; index--) {
      const other = Math.floor(Math.random() * (index + 1));
      [offered[index], offered[other]] = [offered[other]!, offered[index]!];
    }
    const out = offered.flatMap((one) => seqs(sequencer.offer(one)));
    assert.deepEqual(out, Array.from({ length: 20 }, (_, index) => index + 1));
  }
});

test("what waits is bounded, and the event that closes the hole always gets in", () => {
  const sequencer = at(0);
  for (let seq = 2; seq < 5_000; seq++) sequencer.offer(event(seq));
  const out = seqs(sequencer.offer(event(1)));
  assert.equal(out[0], 1);
  assert.equal(out.length, 1_001);
});
