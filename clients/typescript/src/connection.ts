import type { Backoff } from "./backoff.js";
import type { ClientEvents } from "./client-events.js";
import type { ClientFrame } from "./client-frames.js";
import type { Clock } from "./clock.js";
import { closeAction } from "./close-codes.js";
import type { ConnectionState } from "./connection-state.js";
import type { Emitter } from "./emitter.js";
import type { DunlinError } from "./errors.js";
import type { GoAway, ServerFrame, Welcome } from "./server-frames.js";
import type { TokenSource } from "./tokens.js";
import type { Connector } from "./transport/connector.js";
import type { Ending, Link, LinkListener, TransportName } from "./transport/link.js";
import type { TransportChoice } from "./transport/transport-choice.js";

/** How a link came to be: after none, on positions that are worth nothing any more, or in place of another that was up. */
export type Arrival = "resumed" | "restarted" | "moved";

export interface ConnectionListener {
  online(welcome: Welcome, arrival: Arrival): void;
  received(frame: ServerFrame): void;
  /** A link that was up is gone. */
  lost(): void;
}

export interface ConnectionSettings {
  readonly clock: Clock;
  readonly backoff: Backoff;
  readonly random: () => number;
  readonly choice: TransportChoice;
  readonly connector: Connector;
  readonly emitter: Emitter<ClientEvents>;
}

/** Only after so long counts a link as good, so that one which breaks at once does not reset the backoff. */
const STEADY_MS = 5_000;
/** A handshake without `welcome` by then is given up; the HTTP transports give up sooner by themselves. */
const HANDSHAKE_MS = 15_000;
/** First and longest wait before a better transport is tried beside the one in use. */
const PROBE_MS = 30_000;
const MOST_PROBE_MS = 600_000;
/** On top of the wait that a server asked for. */
const MOST_JITTER_MS = 5_000;
const OFFLINE = "the network is offline";

/** Keeps one link up, by the best transport that gets through, as close codes, `goaway` and the backoff say. */
export class Connection {
  readonly #settings: ConnectionSettings;
  readonly #tokens: TokenSource;
  readonly #listener: ConnectionListener;
  #state: ConnectionState = { status: "idle" };
  #link: Link | undefined;
  /** A better transport that is being tried beside the link. */
  #probe: Link | undefined;
  /** The link before a move, whose REST calls may still be answered. */
  #left: Link | undefined;
  #probeMs = PROBE_MS;
  #probes = 0;
  #steady = false;
  #restart = false;
  /** After a refused handshake the next try brings a new token. */
  #refused = false;
  #renewed = false;
  /** When a `goaway` allows to come back. */
  #returnAt: number | undefined;
  readonly #timers = new Set<() => void>();
  #cancelProbe: () => void = () => undefined;

  constructor(settings: ConnectionSettings, tokens: TokenSource, listener: ConnectionListener) {
    this.#settings = settings;
    this.#tokens = tokens;
    this.#listener = listener;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Connects if it is not connected, at once also when it was waiting for the next try. */
  start(): void {
    const { status } = this.#state;
    if (status === "connecting" || status === "online") return;
    void this.#connect();
  }

  /** Tries now if it was waiting: the network is back, or somebody looks again. */
  wake(): void {
    this.#probeMs = PROBE_MS;
    if (this.#state.status === "waiting") void this.#connect();
    else if (this.#state.status === "online") this.#link?.check();
  }

  /** A link does not notice for a long time that its network is gone, or another one by now. */
  networkLost(): void {
    const link = this.#link;
    link?.close();
    if (link) this.#ended({ code: 1006, reason: OFFLINE, blocked: 0 });
  }

  stop(): void {
    const link = this.#link;
    this.#forget();
    this.#become({ status: "idle" });
    link?.close();
  }

  /** Uses these only from now on; reconnects if the one in use is not among them. */
  allow(transports: readonly TransportName[]): void {
    const { choice } = this.#settings;
    const from = choice.current;
    const { status } = this.#state;
    if (choice.allow(transports)) {
      this.#settings.emitter.emit("transport", { from, to: choice.current, reason: "chosen" });
      if (status === "idle" || status === "stopped") return;
      const link = this.#link;
      this.#forget();
      link?.close();
      // Whoever hears of the loss must find the connection on its way already.
      void this.#connect();
      if (status === "online") this.#listener.lost();
    } else if (status === "online") {
      this.#probe?.close();
      this.#probe = undefined;
      this.#probeMs = PROBE_MS;
      this.#probes = 0;
      void this.#tryBetter();
    }
  }

  /** Whether the frame went out; it did not when no link is up. */
  send(frame: ClientFrame): boolean {
    if (this.#state.status !== "online" || !this.#link) return false;
    this.#settings.emitter.emit("frame", { direction: "up", transport: this.#state.transport, frame });
    this.#link.send(frame);
    return true;
  }

  async #connect(): Promise<void> {
    this.#forget();
    const { backoff, choice } = this.#settings;
    const transport = choice.current;
    const connecting: ConnectionState = { status: "connecting", attempt: backoff.failures + 1, transport };
    this.#become(connecting);
    let token: string;
    try {
      token = await (this.#refused ? this.#tokens.renew() : this.#tokens.fetch());
    } catch (error) {
      if (this.#state !== connecting) return;
      const { message, retryable } = error as DunlinError;
      if (retryable) this.#wait(message);
      else this.#become({ status: "stopped", code: 4401, reason: message });
      return;
    }
    if (this.#state !== connecting) return;
    this.#refused = false;
    const link = (this.#link = this.#open(transport, token));
    if (!link) {
      this.#ended({ code: 1006, reason: `${transport} cannot be used here`, blocked: 2 });
      return;
    }
    this.#after(HANDSHAKE_MS, () => {
      if (this.#state !== connecting || this.#link !== link) return;
      link.close();
      this.#ended({ code: 1006, reason: "the server does not answer", blocked: 2 });
    });
  }

  #open(transport: TransportName, token: string): Link | undefined {
    const listener: LinkListener = {
      received: (frame) => {
        this.#settings.emitter.emit("frame", { direction: "down", transport, frame });
        if (link === this.#link) this.#received(frame, transport);
        else if (link === this.#probe && frame.type === "welcome") this.#move(transport, frame);
        else if (link === this.#left && "ref" in frame) this.#listener.received(frame);
      },
      ended: (ending) => {
        if (link === this.#link) this.#ended(ending);
        else if (link === this.#probe) this.#tryBetterLater();
      },
    };
    let link: Link | undefined;
    try {
      link = this.#settings.connector.connect(transport, token, listener);
    } catch {
      // For example a page whose policy forbids the WebSocket.
    }
    return link;
  }

  #received(frame: ServerFrame, transport: TransportName): void {
    if (frame.type === "welcome") this.#welcomed(frame, transport);
    else if (frame.type === "goaway") this.#leave(frame);
    else if (frame.type === "token_expiring") this.#renew();
    else this.#listener.received(frame);
  }

  #welcomed(welcome: Welcome, transport: TransportName): void {
    const again = this.#state.status === "online";
    this.#become({ status: "online", transport, session: welcome.session, node: welcome.node });
    // An SSE stream may say it anew each time that it is asked for.
    if (again) return;
    const arrival = this.#restart ? "restarted" : "resumed";
    this.#restart = false;
    this.#arrived();
    this.#listener.online(welcome, arrival);
  }

  /** A better transport got through: it takes the link's place before that is closed, so nothing is missed between. */
  #move(to: TransportName, welcome: Welcome): void {
    const from = this.#settings.choice.current;
    const left = this.#link;
    const link = this.#probe;
    this.#forget(true);
    this.#link = link;
    this.#left = left;
    this.#settings.choice.use(to);
    left?.close();
    this.#settings.emitter.emit("transport", { from, to, reason: `${to} gets through` });
    this.#become({ status: "online", transport: to, session: welcome.session, node: welcome.node });
    this.#arrived();
    this.#listener.online(welcome, "moved");
  }

  #arrived(): void {
    this.#steady = false;
    this.#after(STEADY_MS, () => {
      this.#settings.backoff.succeeded();
      this.#settings.choice.worked();
      this.#steady = true;
      this.#renewed = false;
    });
    this.#renewInTime();
    this.#tryBetterLater();
  }

  /** Tries a better transport after a while, and ever more rarely. */
  #tryBetterLater(): void {
    this.#probe = undefined;
    this.#cancelProbe();
    if (this.#settings.choice.better.length === 0) {
      this.#probeMs = PROBE_MS;
      return;
    }
    const ms = this.#probeMs * (0.5 + this.#settings.random() / 2);
    this.#probeMs = Math.min(this.#probeMs * 2, MOST_PROBE_MS);
    this.#cancelProbe = this.#after(ms, () => void this.#tryBetter());
  }

  async #tryBetter(): Promise<void> {
    const { better } = this.#settings.choice;
    const transport = better[this.#probes++ % better.length];
    const link = this.#link;
    if (!transport || !link || this.#probe) return;
    const token = await this.#tokens.fetch().catch(() => undefined);
    if (this.#link !== link || this.#probe) return;
    const probe = (this.#probe = token === undefined ? undefined : this.#open(transport, token));
    if (!probe) {
      this.#tryBetterLater();
      return;
    }
    this.#after(HANDSHAKE_MS, () => {
      if (this.#probe !== probe) return;
      probe.close();
      this.#tryBetterLater();
    });
  }

  /** Comes back at a random point of the time that the server gave, even if it leaves the link open. */
  #leave(frame: GoAway): void {
    const ms = frame.reconnectAfterMs + this.#settings.random() * frame.jitterMs;
    this.#returnAt = this.#settings.clock.now() + ms;
    const link = this.#link;
    this.#after(ms, () => {
      link?.close();
      this.#ended({ code: 4000, reason: "going away" });
    });
  }

  #ended(ending: Ending): void {
    const was = this.#state;
    const returnAt = this.#returnAt;
    const early = was.status === "online" && !this.#steady && ending.code === 1006 ? 1 : 0;
    this.#forget();
    if (was.status === "connecting" && was.transport === "websocket" && ending.code === 1006 && ending.reason !== OFFLINE) {
      void this.#settings.connector.diagnose().then((found) => {
        if (this.#state === was) this.#decide({ blocked: 1, ...ending, ...found }, was, returnAt);
      });
    } else {
      this.#decide({ ...ending, blocked: ending.blocked ?? early }, was, returnAt);
    }
  }

  #decide(ending: Ending, was: ConnectionState, returnAt: number | undefined): void {
    const wasOnline = was.status === "online";
    const { code, reason, retryAfterMs } = ending;
    const action = closeAction(code);
    this.#restart ||= action === "restart";
    this.#refused = was.status === "connecting" && was.transport === "websocket" && (ending.blocked ?? 0) >= 1;
    const renewing = action === "renew" && !this.#renewed;
    if (renewing) this.#renewed = this.#refused = true;
    if (!renewing && (action === "done" || action === "renew" || action === "stop")) {
      this.#become({ status: "stopped", code, reason });
    } else {
      const said = reason || (wasOnline ? "the link was lost" : "the server does not answer");
      this.#wait(said, returnAt, retryAfterMs, this.#fallBack(ending.blocked ?? 0, said));
    }
    if (wasOnline) this.#listener.lost();
  }

  /** Returns whether the next try takes a lower transport. */
  #fallBack(against: number, reason: string): boolean {
    const { choice } = this.#settings;
    const from = choice.current;
    if (!choice.failed(against)) return false;
    this.#settings.emitter.emit("transport", { from, to: choice.current, reason });
    return choice.better.includes(from);
  }

  #wait(reason: string, returnAt?: number, retryAfterMs?: number, isNew = false): void {
    const { clock, backoff, choice, random } = this.#settings;
    const attempt = backoff.failures + 1;
    const backoffMs = backoff.next();
    // A transport that was not tried yet is worth a try soon.
    let ms = isNew ? Math.min(backoffMs, random() * 1_000) : backoffMs;
    if (returnAt !== undefined) ms = Math.max(0, returnAt - clock.now());
    if (retryAfterMs !== undefined) ms = Math.max(ms, retryAfterMs + random() * Math.min(retryAfterMs, MOST_JITTER_MS));
    this.#after(ms, () => void this.#connect());
    this.#become({ status: "waiting", attempt, transport: choice.current, retryAt: clock.now() + ms, reason });
  }

  #renewInTime(): void {
    const ms = this.#tokens.refreshInMs();
    if (ms !== undefined) this.#after(Math.min(ms, 2 ** 31 - 1), () => this.#renew());
  }

  /** Puts a new token on the link that is up. If there is none to be had, the server's 4401 decides. */
  #renew(): void {
    const link = this.#link;
    this.#tokens.renew().then(
      (token) => {
        if (this.#link !== link) return;
        this.send({ type: "auth", ref: "auth", token });
        this.#renewInTime();
      },
      () => this.#link === link && this.#after(5_000, () => this.#renew()),
    );
  }

  #after(ms: number, task: () => void): () => void {
    const cancel = this.#settings.clock.after(ms, () => {
      this.#timers.delete(cancel);
      task();
    });
    this.#timers.add(cancel);
    return cancel;
  }

  #forget(keepProbe = false): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    if (!keepProbe) this.#probe?.close();
    this.#probe = undefined;
    this.#link = undefined;
    this.#left = undefined;
    this.#returnAt = undefined;
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    this.#settings.emitter.emit("state", state);
  }
}
