import type { ClientEvents } from "./client-events.js";
import type { ClientFrame, Edit, React } from "./client-frames.js";
import type { ClientOptions } from "./client-options.js";
import type { ConnectionState } from "./connection-state.js";
import type { ChannelListener } from "./feed.js";
import type { Ack, Message, ServerFrame, Welcome } from "./server-frames.js";
import type { After, Json, Payload } from "./values.js";
// Imports are in the order in which the whole client compresses best.
import { Rest } from "./rest.js";
import { TRANSPORTS, type TransportName } from "./transport/link.js";
import { Channel } from "./channel.js";
import { TokenSource } from "./tokens.js";
import { DunlinError } from "./errors.js";
import { Http } from "./http.js";
import { history, historyPages, type HistoryRange } from "./history.js";
import { Emitter } from "./emitter.js";
import { systemClock, type Clock } from "./clock.js";
import { Replies } from "./replies.js";
import { SendQueue, type Draft } from "./send-queue.js";
import { PresenceWatch } from "./presence-watch.js";
import { ReadMarks } from "./read-marks.js";
import { Feeds } from "./feeds.js";
import { Presences } from "./presences.js";
import type { RealtimePresence } from "./realtime-presence.js";
import { Connector } from "./transport/connector.js";
import { Connection, type Arrival } from "./connection.js";
import { tabMemory, TransportChoice } from "./transport/transport-choice.js";
import { onWake } from "./wake.js";
import { onIdle } from "./idle.js";
import { thisDevice } from "./device.js";

/** Others see a user as typing for 5 s after a frame; a second frame within this time adds nothing. */
const TYPING_EVERY_MS = 3_000;

/**
 * A session with Dunlin that reconnects by itself, over the best transport that works. You may call
 * every method at any time, online or not: what needs the link waits for it. Call {@link close} at
 * the end; until then the client's sockets and timers keep a Node process running.
 *
 * Where a method takes `Data`, the payload may be any type that JSON can carry, also an interface.
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
  readonly #presences: Presences;
  readonly #idleAfter: number;
  #away = false;
  #idle = false;
  #endIdle: () => void = () => undefined;
  #endWake: () => void = () => undefined;

  /** Throws TypeError if `url` or `token` is missing or of the wrong kind. */
  constructor({ url, token, transports = TRANSPORTS, socket, fetch, device = thisDevice(), idleAfter = 300_000, queueCapacity = 500, memory = tabMemory(), clock = systemClock, random = Math.random }: ClientOptions) {
    if (!/^https?:/.test(url)) throw new TypeError(`url must be an origin such as https://chat.example.com, not ${url}`);
    if (typeof token !== "function") throw new TypeError(`token must be a function, not ${token}`);
    const origin = url.replace(/\/+$/, "");
    const tokens = new TokenSource(token, clock);
    const http = new Http(origin, tokens, fetch, clock);
    const rest = new Rest(http);
    const send = (frame: ClientFrame) => this.#connection.send(frame);
    const replies = new Replies(clock, send);
    const context = { origin, device, clock, random, emitter: this.#emitter, tokens, http, rest, replies };
    this.rest = rest;
    this.#clock = clock;
    this.#idleAfter = idleAfter;
    this.#replies = replies;
    this.#queue = new SendQueue(context, queueCapacity);
    this.#marks = new ReadMarks(send);
    this.#watch = new PresenceWatch(context);
    this.#presences = new Presences(
      context,
      (channel) => this.#feeds.wanted.includes(channel),
      (channel) => this.#feeds.renew(channel),
    );
    this.#feeds = new Feeds(context, this.#presences);
    this.#connector = new Connector(context, this.#feeds, socket);
    this.#connection = new Connection(context, new TransportChoice(this.#connector.usable(transports), clock, memory), this.#connector, {
      online: (welcome, arrival) => this.#online(welcome, arrival),
      received: (frame) => this.#received(frame),
      lost: () => this.#lost(),
    });
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  /** How many messages wait for their `ack`. */
  get queued(): number {
    return this.#queue.size;
  }

  /** Returns the function that removes the listener. */
  on<Name extends keyof ClientEvents>(name: Name, listener: (value: ClientEvents[Name]) => void): () => void {
    return this.#emitter.on(name, listener);
  }

  /** Connects. Ends a wait for the next attempt, and starts again after `stopped`. */
  start(): void {
    this.#unobserve();
    this.#endWake = onWake(this.#connection);
    this.#endIdle = onIdle(this.#clock, this.#idleAfter, (idle) => this.#status(this.#away, idle));
    this.#connection.start();
  }

  /**
   * Ends the session once no publish waits for its answer any more, or after `atMostMs`. Resolves
   * then. Publishes without an `ack` by then reject. Zero ends it at once, and so does a session
   * that is not started or has stopped. Afterwards no timer and no link of the client keeps a Node
   * process running. {@link start} begins a new session.
   */
  async close(atMostMs = 5_000): Promise<void> {
    const { status } = this.state;
    if (atMostMs && this.queued && status !== "idle" && status !== "stopped") await this.#queue.drained(atMostMs);
    this.#unobserve();
    this.#connection.stop();
    this.#lost();
    this.#queue.cancel();
    this.#presences.cancel(DunlinError.linkLost());
  }

  /** @deprecated Use {@link close}. Ends the session at once. */
  stop(): void {
    void this.close(0);
  }

  /**
   * Uses only these transports from now on. Reconnects if the one in use is not among them, and
   * probes a better one at once. Throws RangeError if none of them can be used.
   */
  useTransports(transports: readonly TransportName[]): void {
    this.#connection.allow(this.#connector.usable(transports));
  }

  /** One channel. `Data` is the type of its payloads. This sends nothing. */
  channel<Data = Json>(name: string): Channel<Data> {
    return new Channel(this, name);
  }

  /**
   * Subscribes to a channel until you call the returned function. `after` also requests the events
   * after that position; it counts for the first listener of a channel.
   */
  subscribe<Data = Json>(channel: string, listener: ChannelListener<Data>, after?: After): () => void {
    return this.#feeds.subscribe(channel, listener as ChannelListener, after);
  }

  /** Resolves with the seq once the message is durable. Survives reconnects and transport switches. */
  publish<Data>(draft: Draft<Data & Payload<Data>>): Promise<Ack> {
    return this.#queue.publish(draft as Draft);
  }

  /**
   * Rejects with a retryable {@link DunlinError} if the link is lost before the answer: then the
   * edit may or may not be done. So do {@link delete} and {@link react}.
   */
  edit<Data>(channel: string, seq: number, data: Data & Payload<Data>, mentions?: readonly string[]): Promise<Ack> {
    return this.#replies.request({ type: "edit", channel, seq, data, mentions } as Edit);
  }

  delete(channel: string, seq: number): Promise<Ack> {
    return this.#replies.request({ type: "delete", channel, seq });
  }

  react(channel: string, seq: number, emoji: string, remove = false): Promise<Ack> {
    return this.#replies.request({ type: "react", channel, seq, emoji, remove: remove || undefined } as React);
  }

  /** Ephemeral: without a link it is not sent, and never again. */
  signal<Data>(channel: string, data: Data & Payload<Data>): void {
    this.#connection.send({ type: "signal", channel, data: data as Json });
  }

  /** Call it on every key: it sends as often as needed, and nothing without a WebSocket. */
  typing(channel: string): void {
    const now = this.#clock.now();
    if (now - (this.#typedAt.get(channel) ?? 0) < TYPING_EVERY_MS) return;
    if (this.#connection.send({ type: "typing", channel })) this.#typedAt.set(channel, now);
  }

  /** Call it when a message is sent, so that the next key counts as typing again. */
  typed(channel: string): void {
    this.#typedAt.delete(channel);
  }

  /** Marks everything up to `seq` as read. Moves forward only. */
  read(channel: string, seq: number): void {
    this.#marks.mark(channel, seq);
  }

  /**
   * Marks everything up to `seq` as received. It is sent only by WebSocket and never repeated: the
   * next mark includes it.
   */
  received(channel: string, seq: number): void {
    this.#connection.send({ type: "received", channel, seq });
  }

  /** Sets this device to away or active; kept over reconnects, and over input on the page. Needs a WebSocket. */
  setAway(away: boolean): void {
    this.#status(away, this.#idle);
  }

  /** The `presence` event delivers their presence now and at each change; without a WebSocket within 30 s. */
  watchPresence(users: readonly string[]): void {
    this.#watch.watch(users);
  }

  /** The same for all users who share a direct channel with yours, also later ones. Needs a WebSocket. */
  watchContacts(): void {
    this.#watch.watchContacts();
  }

  /** @internal */
  presenceOf(channel: string): RealtimePresence {
    return this.#presences.of(channel);
  }

  /** Milliseconds to the server and back, by the transport in use. */
  async ping(): Promise<number> {
    const sentAt = this.#clock.now();
    await this.#replies.request({ type: "ping" });
    return this.#clock.now() - sentAt;
  }

  /** Messages one by one, newest first; with `after` forward from there. */
  history<Data = Json>(channel: string, range?: HistoryRange): AsyncGenerator<Message<Data>, void> {
    return history(this.rest, channel, range);
  }

  /** The same by pages, each oldest first. */
  historyPages<Data = Json>(channel: string, range?: HistoryRange): AsyncGenerator<readonly Message<Data>[], void> {
    return historyPages(this.rest, channel, range);
  }

  #online(welcome: Welcome, arrival: Arrival): void {
    this.#emitter.emit("welcome", welcome);
    this.#feeds.online(welcome, arrival === "restarted");
    const { state } = this;
    this.#presences.online(welcome, state.status === "online" && state.transport === "websocket");
    this.#queue.online();
    this.#marks.online();
    this.#watch.online();
    if (this.#away || this.#idle) this.#connection.send({ type: "away" });
  }

  #status(away: boolean, idle: boolean): void {
    const before = this.#away || this.#idle;
    this.#away = away;
    this.#idle = idle;
    if ((away || idle) !== before) this.#connection.send({ type: before ? "active" : "away" });
  }

  #unobserve(): void {
    this.#endWake();
    this.#endIdle();
    this.#idle = false;
  }

  #lost(): void {
    this.#feeds.offline();
    this.#presences.offline();
    this.#queue.offline();
    this.#replies.lost();
  }

  #received(frame: ServerFrame): void {
    if (frame.type === "subscribed") {
      this.#feeds.subscribed(frame);
      this.#presences.granted(frame.channel);
    } else if (frame.type === "presence_sync") this.#presences.received(frame);
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
      case "presence_diff":
      case "occupancy":
        this.#presences.received(frame);
        break;
      case "presence":
        this.#emitter.emit("presence", frame.changes);
        break;
      case "error":
        this.#emitter.emit("error", DunlinError.of(frame));
        break;
      // Anything else is a later kind of frame, or a reply that came too late.
    }
  }
}
