import assert from "node:assert/strict";
import { test } from "node:test";
import { history } from "../src/history.js";
import { Rest } from "../src/rest.js";
import { TokenSource } from "../src/tokens.js";
import { message } from "./fake-server.js";
import { ManualClock } from "./manual-clock.js";

test("history goes page by page from the newest to the beginning", async () => {
  const asked: string[] = [];
  const answers = [
    { messages: [message(4), message(6)], prev: "4" },
    { messages: [message(1), message(2)] },
  ];
  const tokens = new TokenSource(async () => "t", new ManualClock());
  const rest = new Rest("", tokens, async (target) => {
    asked.push(target);
    return Response.json(answers.shift());
  });
  const seqs: number[] = [];
  for await (const page of history(rest, "room:lobby", { limit: 2 })) seqs.push(...page.map(({ seq }) => seq));
  assert.deepEqual(seqs, [4, 6, 1, 2]);
  assert.deepEqual(asked, [
    "/v1/channels/room%3Alobby/messages?limit=2",
    "/v1/channels/room%3Alobby/messages?limit=2&before=4",
  ]);
});

test("a refusal is an error with its code, and a worn-out token is renewed once", async () => {
  let tokens = 0;
  const sent: string[] = [];
  const rest = new Rest("", new TokenSource(async () => `t${++tokens}`, new ManualClock()), async (_target, init) => {
    sent.push((init.headers as Record<string, string>)["Authorization"] ?? "");
    return sent.length === 1
      ? new Response(null, { status: 401 })
      : Response.json({ code: "forbidden", detail: "not yours" }, { status: 403 });
  });
  await assert.rejects(rest.members("group:x"), { code: "forbidden", message: "not yours", retryable: false });
  assert.deepEqual(sent, ["Bearer t1", "Bearer t2"]);
});
