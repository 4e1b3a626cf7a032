import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, type Alert, payloadOf, tagOf, wordsOf } from "../../main/web/push/payload.js";

const ALERT: Alert = { type: "notification", user: "bob", channel: "group:eng", seq: 7, from: "alice", data: { text: "hello" } };

function without(...fields: readonly (keyof Alert)[]): Alert {
  return Object.fromEntries(Object.entries(ALERT).filter(([name]) => !fields.includes(name as keyof Alert))) as unknown as Alert;
}

test("a notification of a group names the group, the sender and the text", () => {
  assert.deepEqual(wordsOf(ALERT), { title: "eng", body: "alice: hello" });
  assert.deepEqual(wordsOf({ ...ALERT, mentioned: true }), { title: "eng", body: "alice mentioned you: hello" });
});

test("a notification of a direct conversation names the sender once", () => {
  assert.deepEqual(wordsOf({ ...ALERT, channel: "dm:alice:bob" }), { title: "alice", body: "hello" });
  assert.deepEqual(wordsOf({ ...without("data"), channel: "dm:alice:bob" }), { title: "alice", body: "New message" });
});

test("several messages are counted, with the newest", () => {
  assert.deepEqual(wordsOf({ ...ALERT, count: 12 }), { title: "eng", body: "12 messages\nalice: hello" });
  assert.deepEqual(wordsOf({ ...without("data"), count: 12 }), { title: "eng", body: "12 messages, the newest from alice" });
});

test("a user who wants no preview sees none", () => {
  assert.deepEqual(wordsOf(without("data")), { title: "eng", body: "New message from alice" });
  assert.deepEqual(wordsOf(without("data", "from")), { title: "eng", body: "New message" });
  assert.deepEqual(wordsOf({ ...without("data", "from"), count: 3 }), { title: "eng", body: "3 messages" });
});

test("data without a text is not shown", () => {
  for (const data of [null, 7, "text", {}, { text: 7 }, { text: "" }]) {
    assert.equal(wordsOf({ ...ALERT, data }).body, "New message from alice");
  }
});

test("two users of a browser have a notification each", () => {
  assert.notEqual(tagOf(ALERT), tagOf({ ...ALERT, user: "carol" }));
  const newer: Alert = { ...ALERT, seq: 8 };
  assert.equal(tagOf(ALERT), tagOf(newer));
});

test("the address of a conversation is that of its user", () => {
  const address = new URL(addressOf({ user: "a@b", channel: "dm:a@b:c" }), "http://localhost");
  assert.equal(address.searchParams.get("user"), "a@b");
  assert.equal(address.searchParams.get("channel"), "dm:a@b:c");
});

test("what is not a payload is none", () => {
  const others = [undefined, null, 7, "x", {}, { ...ALERT, type: "else" }, { ...ALERT, user: "no name" }, { ...ALERT, channel: "eng" }];
  for (const other of others) assert.equal(payloadOf(other), undefined);
  assert.equal(payloadOf(ALERT), ALERT);
});
