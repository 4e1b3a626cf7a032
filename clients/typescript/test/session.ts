import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { DunlinClient } from "../src/client.js";
import type { ClientOptions } from "../src/client-options.js";
import type { ConnectionState, ObservedFrame, TransportChange } from "../src/connection-state.js";
import type { TransportName } from "../src/transport/link.js";
import { ManualClock } from "./manual-clock.js";
import { TestServer } from "./test-server.js";

const DEADLINE_MS = 20_000;

/** A client at a real server, and what it was heard to say; both end with the test. */
export class Session {
  readonly clock = new ManualClock();
  readonly states: ConnectionState[] = [];
  readonly changes: TransportChange[] = [];
  readonly frames: ObservedFrame[] = [];
  readonly heard: number[] = [];
  readonly resets: number[] = [];
  readonly skipped: number[] = [];
  readonly failed: string[] = [];
  tokens = 0;
  readonly #unanswered = new Set<string>();

  readonly server: TestServer;
  readonly client: DunlinClient;

  private constructor(server: TestServer, client: DunlinClient) {
    this.server = server;
    this.client = client;
  }

  static async start(context: TestContext, options: Partial<ClientOptions> = {}, prepare: (server: TestServer) => void = () => undefined): Promise<Session> {
    const server = await new TestServer().start();
    prepare(server);
    const clock = new ManualClock();
    let tokens = 0;
    const client = new DunlinClient({
      url: server.url,
      token: async () => `token${(session.tokens = ++tokens)}`,
      random: () => 0.5,
      clock,
      ...options,
    });
    const session: Session = Object.assign(new Session(server, client), { clock });
    client.on("state", (state) => session.states.push(state));
    client.on("transport", (change) => session.changes.push(change));
    client.on("frame", (frame) => session.frames.push(frame));
    context.after(async () => {
      client.stop();
      await server.stop();
    });
    return session;
  }

  /** Subscribes to a channel, keeps what it gives, and starts. */
  listen(channel = "room:lobby", after?: { epoch?: string; seq: number }): this {
    this.#unanswered.add(channel);
    this.client.subscribe(
      channel,
      {
        subscribed: () => this.#unanswered.delete(channel),
        event: ({ seq }) => this.heard.push(seq),
        reset: (head) => this.resets.push(head),
        skipped: (from, to) => this.skipped.push(from, to),
        failed: ({ code }) => this.failed.push(code),
      },
      after,
    );
    this.client.start();
    return this;
  }

  /** Online by this transport, and both ends know that the channel is heard. */
  async online(transport: TransportName, channel = "room:lobby"): Promise<this> {
    await this.until(() => {
      const { state } = this.client;
      return state.status === "online" && state.transport === transport && this.server.hearers(channel) === 1 && !this.#unanswered.has(channel);
    }, `online by ${transport}`);
    return this;
  }

  /** Waits, while the client's clock goes on in small steps, until it is so; fails when that takes too long. */
  async until(isSo: () => boolean, what = isSo.toString(), stepMs = 50): Promise<void> {
    const deadline = Date.now() + DEADLINE_MS;
    while (!isSo()) {
      assert.ok(Date.now() < deadline, `not in time: ${what}; the state is ${JSON.stringify(this.client.state)}, heard ${JSON.stringify(this.heard)}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
      await this.clock.move(stepMs);
      this.server.tick(this.clock.now());
    }
  }

  /** How many pages of missed events were fetched. */
  fetched(): number {
    return this.server.asked.filter(({ url }) => url.pathname.endsWith("/events") && url.searchParams.get("limit") === "200").length;
  }

  /** The server's messages up to its head have been heard, each once and in order. */
  async hasHeardAll(channel = "room:lobby", from = 1): Promise<void> {
    const all = () => Array.from({ length: this.server.head(channel) - from + 1 }, (_, index) => from + index);
    await this.until(() => this.heard.length >= all().length, "all heard");
    assert.deepEqual(this.heard, all());
  }
}
