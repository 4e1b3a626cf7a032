import assert from "node:assert/strict";
import { test } from "node:test";
import { history, historyPages } from "../src/history.js";
import { Http, type Fetch } from "../src/http.js";
import { Rest } from "../src/rest.js";
import { TokenSource } from "../src/tokens.js";
import { message } from "./fake-server.js";
import { ManualClock } from "./manual-clock.js";

function restBy(fetch: Fetch, tokens = new TokenSource(async () => "t", new ManualClock())): Rest {
  return new Rest(new Http("", tokens, fetch, new ManualClock()));
}

test("messages come one by one, the newest first, or from a place on forward", async () => {
  const log = [1, 2, 3, 4, 5].map((seq) => message(seq));
  const rest = restBy(async (target) => {
    const { searchParams } = new URL(target, "http://dunlin.test");
    const limit = Number(searchParams.get("limit"));
    const after = searchParams.get("after");
    if (after !== null) {
      const rest = log.filter(({ seq }) => seq > Number(after));
      return Response.json({ messages: rest.slice(0, limit), ...(rest.length > limit && { next: "n" }) });
    }
    const rest = log.filter(({ seq }) => seq < Number(searchParams.get("before") ?? 99));
    return Response.json({ messages: rest.slice(-limit), ...(rest.length > limit && { prev: "p" }) });
  });
  const back: number[] = [];
  for await (const { seq } of history(rest, "room:lobby", { limit: 2 })) back.push(seq);
  assert.deepEqual(back, [5, 4, 3, 2, 1]);
  const before: number[] = [];
  for await (const { seq } of history(rest, "room:lobby", { before: 4, limit: 2 })) before.push(seq);
  assert.deepEqual(before, [3, 2, 1]);
  const forward: number[] = [];
  for await (const { seq } of history(rest, "room:lobby", { after: 1, limit: 2 })) forward.push(seq);
  assert.deepEqual(forward, [2, 3, 4, 5]);
});

for (const [header, ms] of [["7", 7_000], ["Thu, 01 Jan 1970 00:16:50 GMT", 10_000], ["99999", 300_000], ["soon", undefined]] as const) {
  test(`Retry-After: ${header} is a wait of ${ms} ms`, async () => {
    const rest = restBy(async () => new Response("", { status: 503, headers: { "Retry-After": header } }));
    await assert.rejects(rest.members("group:x"), { code: "unavailable", retryable: true, retryAfterMs: ms });
  });
}

test("a provider that fails is a refusal that passes", async () => {
  const rest = restBy(
    async () => Response.json({}),
    new TokenSource(() => Promise.reject(new Error("login is down")), new ManualClock()),
  );
  await assert.rejects(rest.members("group:x"), { code: "unavailable", retryable: true, message: "no token: login is down" });
});

test("history goes page by page from the newest to the beginning", async () => {
  const asked: string[] = [];
  const answers = [
    { messages: [message(4), message(6)], prev: "4" },
    { messages: [message(1), message(2)] },
  ];
  const rest = restBy(async (target) => {
    asked.push(target);
    return Response.json(answers.shift());
  });
  const seqs: number[] = [];
  for await (const page of historyPages(rest, "room:lobby", { limit: 2 })) seqs.push(...page.map(({ seq }) => seq));
  assert.deepEqual(seqs, [4, 6, 1, 2]);
  assert.deepEqual(asked, [
    "/v1/channels/room%3Alobby/messages?limit=2",
    "/v1/channels/room%3Alobby/messages?limit=2&before=4",
  ]);
});

test("a refusal is an error with its code, and a worn-out token is renewed once", async () => {
  let tokens = 0;
  const sent: string[] = [];
  const rest = restBy(async (_target, init) => {
    sent.push((init.headers as Record<string, string>)["Authorization"] ?? "");
    return sent.length === 1
      ? new Response(null, { status: 401 })
      : Response.json({ code: "forbidden", detail: "not yours" }, { status: 403 });
  }, new TokenSource(async () => `t${++tokens}`, new ManualClock()));
  await assert.rejects(rest.members("group:x"), { code: "forbidden", message: "not yours", retryable: false });
  assert.deepEqual(sent, ["Bearer t1", "Bearer t2"]);
});
