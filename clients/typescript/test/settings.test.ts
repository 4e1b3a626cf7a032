import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { DunlinClient } from "../src/client.js";
import type { ClientOptions } from "../src/client-options.js";
import type { ConnectionState } from "../src/connection-state.js";

/** The first state that gives a reason. */
async function reasonOf(options: ClientOptions): Promise<ConnectionState> {
  const client = new DunlinClient(options);
  const state = new Promise<ConnectionState>((resolve) => client.on("state", (state) => "reason" in state && resolve(state)));
  client.start();
  try {
    return await state;
  } finally {
    client.close();
  }
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("a missing token or url is one error that names the setting and what is allowed", () => {
  const options = (given: object) => given as ClientOptions;
  const url = "http://localhost:8080";
  assert.throws(() => new DunlinClient(options({ url })), { name: "TypeError", message: "token must be a function, not undefined" });
  assert.throws(() => new DunlinClient(options({ token: async () => "t" })), {
    name: "TypeError",
    message: "url must be an origin such as https://chat.example.com, not undefined",
  });
  assert.throws(() => new DunlinClient(options({ url: "localhost:8080", token: async () => "t" })), /^TypeError: url must be an origin .* not localhost:8080$/);
});

for (const [what, given] of [["an object without a token", { access_token: "t" }], ["an empty token", ""], ["nothing", undefined]] as const) {
  test(`a provider that returns ${what} stops the client with a reason that says what to return`, async () => {
    const state = await reasonOf({ url: "http://localhost:1", token: async () => given as never });
    assert.deepEqual(state, { status: "stopped", code: 4401, reason: "token must return a string or { token, expiresAt }" });
  });
}

for (const transports of [["websocket"], ["sse"], ["poll"]] as const) {
  test(`${transports}: a port where nothing listens is named in the reason of the wait`, async () => {
    const url = `http://127.0.0.1:${await unusedPort()}`;
    const state = await reasonOf({ url, token: async () => "t", transports });
    assert.equal(state.status, "waiting");
    assert.equal("reason" in state && state.reason, `no answer from url ${url}: check host and port`);
  });
}

for (const code of ["rate_limited", "overloaded"] as const) {
  test(`a Node process ends within 1 s after close, though a subscription and a publish wait after ${code}`, () => {
    const module = fileURLToPath(new URL("../src/index.js", import.meta.url));
    const links = fileURLToPath(new URL("./fake-server.js", import.meta.url));
    const script = `import { DunlinClient } from ${JSON.stringify(module)};
      import { FakeServer } from ${JSON.stringify(links)};
      const server = new FakeServer();
      const client = new DunlinClient({ url: "http://dunlin.test", token: async () => "t", socket: server.socket, fetch: server.fetch });
      client.channel("room:lobby").subscribe({});
      client.channel("room:lobby").publish(1).catch(() => undefined);
      client.start();
      await new Promise((resolve) => setTimeout(resolve, 10));
      await server.link.welcome();
      for (const { ref } of server.link.sent) {
        await server.link.say({ type: "error", ref, code: "${code}", message: "later", retryable: true, retryAfterMs: 300_000 });
      }
      await client.close(0);
      console.log(server.link.sent.map(({ type }) => type).sort().join(), Date.now());`;
    const said = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8", timeout: 20_000 });
    const [, sent, closedAt] = /^(\S+) (\d+)\n$/.exec(said) ?? [];
    assert.equal(sent, "publish,subscribe");
    assert.ok(Date.now() - Number(closedAt) < 1_000, `ended ${Date.now() - Number(closedAt)} ms after close`);
  });
}

test("a Node process ends within 1 s after close, though nothing answers why a WebSocket was refused", () => {
  const module = fileURLToPath(new URL("../src/index.js", import.meta.url));
  const links = fileURLToPath(new URL("./fake-server.js", import.meta.url));
  const script = `import { DunlinClient } from ${JSON.stringify(module)};
    import { FakeServer } from ${JSON.stringify(links)};
    const server = new FakeServer();
    const hang = (_, { signal }) => new Promise((_, reject) => {
      asked++;
      signal.addEventListener("abort", () => reject(signal.reason));
    });
    let asked = 0;
    const client = new DunlinClient({ url: "http://dunlin.test", token: async () => "t", socket: server.socket, fetch: hang });
    client.start();
    await new Promise((resolve) => setTimeout(resolve, 10));
    server.link.close(1006);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await client.close();
    console.log(asked, Date.now());`;
  const said = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8", timeout: 20_000 });
  const [asked, closedAt] = said.trim().split(" ");
  assert.equal(asked, "1");
  assert.ok(Date.now() - Number(closedAt) < 1_000, `ended ${Date.now() - Number(closedAt)} ms after close`);
});

test("a Node process ends after close, also while the client waits for the next attempt", async () => {
  const module = fileURLToPath(new URL("../src/index.js", import.meta.url));
  const script = `import { DunlinClient } from ${JSON.stringify(module)};
    const client = new DunlinClient({ url: "http://127.0.0.1:${await unusedPort()}", token: async () => "t" });
    client.channel("room:lobby").subscribe({});
    client.on("state", ({ status }) => status === "waiting" && (client.close(), console.log("closed")));
    client.start();`;
  const said = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8", timeout: 20_000 });
  assert.equal(said, "closed\n");
});
