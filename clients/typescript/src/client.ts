import { Backoff } from "./backoff.js";
import { Channel } from "./channel.js";
import type { ClientFrame } from "./client-frames.js";
import { systemClock, type Clock } from "./clock.js";
import {
  Connection,
  type Arrival,
  type ConnectionState,
  type ObservedFrame,
  type TransportChange,
} from "./connection.js";
import { Emitter } from "./emitter.js";
import { DunlinError } from "./errors.js";
import type { ChannelListener } from "./feed.js";
import { Feeds } from "./feeds.js";
import { history, historyPages, type HistoryRange } from "./history.js";
import { Http, type Fetch } from "./http.js";
import { PresenceWatch } from "./presence-watch.js";
import { ReadMarks } from "./read-marks.js";
import { Replies } from "./replies.js";
import { Rest } from "./rest.js";
import { SendQueue, type Draft } from "./send-queue.js";
import type { Ack, ChannelEvent, Message, ServerFrame, Welcome } from "./server-frames.js";
import { TokenSource, type TokenProvider } from "./tokens.js";
import { Connector } from "./transport/connector.js";
import { TRANSPORTS, type TransportName } from "./transport/link.js";
import { tabMemory, TransportChoice, type TransportMemory } from "./transport/transport-choice.js";
import { onWake } from "./wake.js";
import type { After, Json, UserPresence } from "./values.js";

export interface ClientOptions {
  /** The gateway's origin, for example `https://chat.example.com`. */
  readonly url: string;
  readonly token: TokenProvider;
  /** Those that may be used, by default all: the best one that gets through is. */
  readonly transports?: readonly TransportName[];
  /** The WebSocket to use where the platform has none of its own (Node 20); without one, SSE is the best transport. */
  readonly socket?: typeof WebSocket;
  readonly fetch?: Fetch;
  /** Messages that may wait for their `ack`, 500 by default; more are refused with `overloaded`. */
  readonly queueCapacity?: number;
  /** Where it is kept which transport worked, for ten minutes; by default in a browser's `sessionStorage`. */
  readonly memory?: TransportMemory;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** What {@link DunlinClient.on} tells. */
export interface ClientEvents {
  /** Every change of the connection's state. */
  state: ConnectionState;
  /** A fallback, or the way back up. */
  transport: TransportChange;
  /** Every frame as it crosses the link, for an inspector. */
  frame: ObservedFrame;
  /** After each connect: who the server says this is, and where its channels stand. */
  welcome: Welcome;
  /** Events of every channel heard, each seq once and in order per channel. */
  event: ChannelEvent;
  /** A channel's events before `head` could not be given, see {@link ChannelListener.reset}. */
  reset: { readonly channel: string; readonly head: number };
  presence: readonly UserPresence[];
  /** What the server said about no request in particular. */
  error: DunlinError;
}

/** Others see somebody as typing for 5 s after a frame, so more than one in this time tells nothing new. */
const TYPING_EVERY_MS = 3_000;

/**
 * A session with Dunlin that comes back by itself, over the best transport that gets through. Everything may be called
 * at any time, online or not: what needs the link waits for it.
 */
export class DunlinClient {
  readonly rest: Rest;
  readonly #clock: Clock;
  readonly #emitter = new Emitter<ClientEvents>();
  readonly #connection: Connection;
  readonly #connector: Connector;
  readonly #replies: Replies;
  readonly #queue: SendQueue;
  readonly #feeds: Feeds;
  readonly #marks: ReadMarks;
  readonly #watch: PresenceWatch;
  readonly #typedAt = new Map<string, number>();
  #away = false;
  #endWake: () => void = () => undefined;

  constructor(options: ClientOptions) {
    const clock = (this.#clock = options.clock ?? systemClock);
    const random = options.random ?? Math.random;
    const origin = options.url.replace(/\/+$/, "");
    const tokens = new TokenSource(options.token, clock);
    const http = new Http(origin, tokens, options.fetch, () => clock.now());
    const send = (frame: ClientFrame) => this.#connection.send(frame);
    this.rest = new Rest(http);
    this.#replies = new Replies(clock, send);
    this.#queue = new SendQueue(clock, this.#replies, options.queueCapacity ?? 500);
    this.#marks = new ReadMarks(send);
    this.#watch = new PresenceWatch(this.#replies, (users) => this.#emitter.emit("presence", users));
    this.#feeds = new Feeds({
      clock,
      replies: this.#replies,
      fetchEvents: (channel, after) => this.rest.events(channel, { after, limit: 200 }),
      surfaced: (event) => this.#emitter.emit("event", event),
      reset: (channel, head) => this.#emitter.emit("reset", { channel, head }),
    });
    this.#connector = new Connector({
      origin,
      http,
      rest: this.rest,
      clock,
      random,
      socket: options.socket,
      channels: () => this.#feeds.wanted,
    });
    this.#connection = new Connection(
      {
        clock,
        random,
        backoff: new Backoff(1_000, 30_000, random),
        choice: new TransportChoice(this.#usable(options.transports ?? TRANSPORTS), clock, options.memory ?? tabMemory()),
        connect: (transport, token, listener) => this.#connector.connect(transport, token, listener),
        diagnose: () => this.#connector.diagnose(),
      },
      tokens,
      {
        state: (state) => this.#emitter.emit("state", state),
        changed: (change) => this.#emitter.emit("transport", change),
        observed: (frame) => this.#emitter.emit("frame", frame),
        online: (welcome, arrival) => this.#online(welcome, arrival),
        received: (frame) => this.#received(frame),
        lost: () => this.#lost(),
      },
    );
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  /** Messages that wait for their `ack`. */
  get queued(): number {
    return this.#queue.size;
  }

  /** Returns the function that takes the listener away again. */
  on<Name extends keyof ClientEvents>(name: Name, listener: (value: ClientEvents[Name]) => void): () => void {
    return this.#emitter.on(name, listener);
  }

  /** Connects, or tries at once if it was waiting for the next try or has stopped. */
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

  /**
   * Uses these transports only from now on: reconnects when the one in use is not among them, and tries at once for a
   * better one that is. Throws RangeError when none is named.
   */
  useTransports(transports: readonly TransportName[]): void {
    this.#connection.allow(this.#usable(transports));
  }

  /** All that concerns one channel, in one place; nothing is sent by this. */
  channel(name: string): Channel {
    return new Channel(this, name);
  }

  /**
   * Hears a channel until the returned function is called; `after` asks for what came after it too, as long as nobody
   * listens to the channel yet.
   */
  subscribe(channel: string, listener: ChannelListener, after?: After): () => void {
    return this.#feeds.subscribe(channel, listener, after);
  }

  /** Resolves with the seq once the message is durable, over reconnects and changes of the transport too. */
  publish(draft: Draft): Promise<Ack> {
    return this.#queue.publish(draft);
  }

  /** Rejects with a retryable {@link DunlinError} when the link is lost: it may or may not have been done. So do the next two. */
  async edit(channel: string, seq: number, data: Json, mentions?: readonly string[]): Promise<Ack> {
    return (await this.#replies.request({ type: "edit", channel, seq, data, ...(mentions && { mentions }) })) as Ack;
  }

  async delete(channel: string, seq: number): Promise<Ack> {
    return (await this.#replies.request({ type: "delete", channel, seq })) as Ack;
  }

  async react(channel: string, seq: number, emoji: string, remove = false): Promise<Ack> {
    return (await this.#replies.request({ type: "react", channel, seq, emoji, ...(remove && { remove }) })) as Ack;
  }

  /** Ephemeral: not sent when no link is up, and never again. */
  signal(channel: string, data: Json): void {
    this.#connection.send({ type: "signal", channel, data });
  }

  /** Call it on every key: it sends no more often than others need it, and nothing without a WebSocket. */
  typing(channel: string): void {
    const now = this.#clock.now();
    if (now - (this.#typedAt.get(channel) ?? 0) < TYPING_EVERY_MS) return;
    if (this.#connection.send({ type: "typing", channel })) this.#typedAt.set(channel, now);
  }

  /** Call it when a message is sent, so that the next key counts as typing again. */
  typed(channel: string): void {
    this.#typedAt.delete(channel);
  }

  /** Everything up to `seq` has been read. Moves forward only. */
  read(channel: string, seq: number): void {
    this.#marks.mark(channel, seq);
  }

  /**
   * Everything up to `seq` has arrived here. Not sent without a WebSocket, and not again after it is lost: the next mark
   * says it, too.
   */
  received(channel: string, seq: number): void {
    this.#connection.send({ type: "received", channel, seq });
  }

  /** Whether the user is there but not looking; kept over reconnects. Only a WebSocket can tell it. */
  setAway(away: boolean): void {
    if (away === this.#away) return;
    this.#away = away;
    this.#connection.send({ type: away ? "away" : "active" });
  }

  /** Their presence comes by the `presence` event, now and whenever it changes; without a WebSocket within 30 s. */
  watchPresence(users: readonly string[]): void {
    this.#watch.watch(users);
  }

  /** Milliseconds to the server and back, by the transport in use. */
  async ping(): Promise<number> {
    const sentAt = this.#clock.now();
    await this.#replies.request({ type: "ping" });
    return this.#clock.now() - sentAt;
  }

  /** Messages one by one, the newest first; with `after` forward from there. */
  history(channel: string, range?: HistoryRange): AsyncGenerator<Message, void> {
    return history(this.rest, channel, range);
  }

  /** The same by pages, each oldest first. */
  historyPages(channel: string, range?: HistoryRange): AsyncGenerator<readonly Message[], void> {
    return historyPages(this.rest, channel, range);
  }

  #usable(transports: readonly TransportName[]): readonly TransportName[] {
    return transports.filter((transport) => this.#connector.isUsable(transport));
  }

  #online(welcome: Welcome, arrival: Arrival): void {
    this.#emitter.emit("welcome", welcome);
    this.#feeds.online(welcome, arrival === "restarted");
    this.#queue.online();
    this.#marks.online();
    this.#watch.online();
    if (this.#away) this.#connection.send({ type: "away" });
  }

  #lost(): void {
    this.#feeds.offline();
    this.#queue.offline();
    this.#watch.offline();
    this.#replies.lost();
  }

  #received(frame: ServerFrame): void {
    if (frame.type === "subscribed") this.#feeds.subscribed(frame);
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
      case "unsubscribed":
        this.#feeds.unsubscribed(frame.channel);
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
