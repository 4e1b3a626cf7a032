import { Backoff } from "./backoff.js";
import type { ClientFrame } from "./client-frames.js";
import { systemClock, type Clock } from "./clock.js";
import { Connection, type ConnectionState } from "./connection.js";
import { Emitter } from "./emitter.js";
import { DunlinError } from "./errors.js";
import type { ChannelListener } from "./feed.js";
import { Feeds } from "./feeds.js";
import { history } from "./history.js";
import { PresenceWatch } from "./presence-watch.js";
import { ReadMarks } from "./read-marks.js";
import { Replies } from "./replies.js";
import { Rest, type Fetch } from "./rest.js";
import { SendQueue, type Draft } from "./send-queue.js";
import type { Ack, ChannelEvent, Message, ServerFrame, Welcome } from "./server-frames.js";
import { TokenSource, type TokenProvider } from "./tokens.js";
import { onWake } from "./wake.js";
import type { After, Json, UserPresence } from "./values.js";

export interface ClientOptions {
  /** The gateway's origin, for example `https://chat.example.com`. */
  readonly url: string;
  readonly token: TokenProvider;
  /** The WebSocket to use where the platform has none of its own (Node 20). */
  readonly socket?: typeof WebSocket;
  readonly fetch?: Fetch;
  readonly clock?: Clock;
  readonly random?: () => number;
}

export interface ClientEvents {
  state: ConnectionState;
  /** After each connect: who the server says this is, and where its channels stand. */
  welcome: Welcome;
  /** Events of every channel heard, each seq once and in order per channel. */
  event: ChannelEvent;
  presence: readonly UserPresence[];
  /** What the server said about no request in particular. */
  error: DunlinError;
}

/** Others see somebody as typing for 5 s after a frame, so more than one in this time tells nothing new. */
const TYPING_EVERY_MS = 3_000;

/**
 * A session with Dunlin that comes back by itself. Everything may be called at any time, online or not: what needs
 * the link waits for it.
 */
export class DunlinClient {
  readonly rest: Rest;
  readonly #clock: Clock;
  readonly #emitter = new Emitter<ClientEvents>();
  readonly #connection: Connection;
  readonly #replies: Replies;
  readonly #queue: SendQueue;
  readonly #feeds: Feeds;
  readonly #marks: ReadMarks;
  readonly #watch: PresenceWatch;
  readonly #typedAt = new Map<string, number>();
  #endWake: () => void = () => undefined;

  constructor(options: ClientOptions) {
    const clock = (this.#clock = options.clock ?? systemClock);
    const random = options.random ?? Math.random;
    const origin = options.url.replace(/\/+$/, "");
    const tokens = new TokenSource(options.token, clock);
    const send = (frame: ClientFrame) => this.#connection.send(frame);
    this.rest = new Rest(origin, tokens, options.fetch);
    this.#replies = new Replies(clock, send);
    this.#queue = new SendQueue(clock, this.#replies);
    this.#marks = new ReadMarks(send);
    this.#watch = new PresenceWatch(this.#replies, (users) => this.#emitter.emit("presence", users));
    this.#feeds = new Feeds({
      clock,
      replies: this.#replies,
      fetchEvents: (channel, after) => this.rest.events(channel, { after, limit: 200 }),
      surfaced: (event) => this.#emitter.emit("event", event),
    });
    this.#connection = new Connection(
      {
        url: `${origin.replace(/^http/, "ws")}/v1/ws`,
        clock,
        random,
        backoff: new Backoff(1_000, 30_000, random),
        socket: options.socket,
      },
      tokens,
      {
        state: (state) => this.#emitter.emit("state", state),
        online: (welcome, restarted) => this.#online(welcome, restarted),
        received: (frame) => this.#received(frame),
        lost: () => this.#lost(),
      },
    );
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  /** Returns the function that takes the listener away again. */
  on<Name extends keyof ClientEvents>(name: Name, listener: (value: ClientEvents[Name]) => void): () => void {
    return this.#emitter.on(name, listener);
  }

  start(): void {
    this.#endWake();
    this.#endWake = onWake(this.#connection);
    this.#connection.start();
  }

  /** Ends the session; publishes that were not acknowledged are rejected. */
  stop(): void {
    this.#endWake();
    this.#connection.stop();
    this.#lost();
    this.#queue.cancel();
  }

  /** Hears a channel until the returned function is called; `after` asks for what came after it too. */
  subscribe(channel: string, listener: ChannelListener, after?: After): () => void {
    return this.#feeds.subscribe(channel, listener, after);
  }

  /** Resolves with the seq once the message is durable, over reconnects too. */
  publish(draft: Draft): Promise<Ack> {
    return this.#queue.publish(draft);
  }

  async edit(channel: string, seq: number, data: Json, mentions?: readonly string[]): Promise<Ack> {
    return (await this.#replies.request({ type: "edit", channel, seq, data, ...(mentions && { mentions }) })) as Ack;
  }

  async delete(channel: string, seq: number): Promise<Ack> {
    return (await this.#replies.request({ type: "delete", channel, seq })) as Ack;
  }

  async react(channel: string, seq: number, emoji: string, remove = false): Promise<Ack> {
    return (await this.#replies.request({ type: "react", channel, seq, emoji, ...(remove && { remove }) })) as Ack;
  }

  signal(channel: string, data: Json): void {
    this.#connection.send({ type: "signal", channel, data });
  }

  /** Call it on every key: it sends no more often than others need it. */
  typing(channel: string): void {
    const now = this.#clock.now();
    if (now - (this.#typedAt.get(channel) ?? 0) < TYPING_EVERY_MS) return;
    if (this.#connection.send({ type: "typing", channel })) this.#typedAt.set(channel, now);
  }

  /** Call it when a message is sent, so that the next key counts as typing again. */
  typed(channel: string): void {
    this.#typedAt.delete(channel);
  }

  read(channel: string, seq: number): void {
    this.#marks.mark(channel, seq);
  }

  /** Their presence comes by the `presence` event, now and whenever it changes. */
  watchPresence(users: readonly string[]): void {
    this.#watch.watch(users);
  }

  history(
    channel: string,
    page?: { readonly before?: number; readonly limit?: number },
  ): AsyncGenerator<readonly Message[], void> {
    return history(this.rest, channel, page);
  }

  #online(welcome: Welcome, restarted: boolean): void {
    this.#emitter.emit("welcome", welcome);
    this.#feeds.online(welcome, restarted);
    this.#queue.online();
    this.#marks.online();
    this.#watch.online();
  }

  #lost(): void {
    this.#feeds.offline();
    this.#queue.offline();
    this.#watch.offline();
    this.#replies.lost();
  }

  #received(frame: ServerFrame): void {
    if (this.#replies.accept(frame)) return;
    switch (frame.type) {
      case "message":
      case "edited":
      case "deleted":
      case "reacted":
      case "member_joined":
      case "member_left":
        this.#feeds.event(frame);
        break;
      case "signal":
      case "typing":
      case "read":
      case "received":
        this.#feeds.ephemeral(frame);
        break;
      case "gap":
        this.#feeds.gap(frame);
        break;
      case "presence":
        this.#emitter.emit("presence", frame.changes);
        break;
      case "error":
        this.#emitter.emit("error", DunlinError.of(frame));
        break;
      default:
        // Later kinds of frames, and replies that nobody waits for any more.
        break;
    }
  }
}
