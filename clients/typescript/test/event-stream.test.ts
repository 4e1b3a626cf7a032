import assert from "node:assert/strict";
import { test } from "node:test";
import { EventStream, type StreamEvent } from "../src/transport/event-stream.js";

const TEXT =
  "\uFEFFretry: 2000\n\n: a comment\n\nid: 1\nevent: message\ndata: {\"text\":\"żółw 🐢\"}\n\n" +
  "data:two\r\ndata: lines\r\n\r\nevent: none\n\nid\rdata\r\rid: 9\ndata: nine\nunknown: x\n\ndata: cut";

const EVENTS: readonly StreamEvent[] = [
  { data: '{"text":"żółw 🐢"}', id: "1" },
  { data: "two\nlines", id: "1" },
  { data: "", id: "" },
  { data: "nine", id: "9" },
];

function read(pieces: readonly Uint8Array[]): StreamEvent[] {
  const events: StreamEvent[] = [];
  const stream = new EventStream((event) => events.push(event));
  for (const piece of pieces) stream.feed(piece);
  return events;
}

test("events come out as they were written, and one without an end does not", () => {
  assert.deepEqual(read([Buffer.from(TEXT)]), EVENTS);
});

test("it does not matter where the bytes are cut", () => {
  const bytes = Buffer.from(TEXT);
  for (let cut = 0; cut <= bytes.length; cut++) {
    assert.deepEqual(read([bytes.subarray(0, cut), bytes.subarray(cut)]), EVENTS, `cut at ${cut}`);
  }
  assert.deepEqual(read([...bytes].map((byte) => Uint8Array.of(byte))), EVENTS);
});

test("a line without an end is not kept for ever", () => {
  const stream = new EventStream(() => undefined);
  const mebibyte = Buffer.alloc(1024 * 1024, "x");
  assert.throws(() => {
    for (let count = 0; count < 6; count++) stream.feed(mebibyte);
  }, /without an end/);
});
