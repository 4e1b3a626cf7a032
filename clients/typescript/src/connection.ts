import { Backoff } from "./backoff.js";
import type { ClientFrame } from "./client-frames.js";
import type { Clock } from "./clock.js";
import { closeAction } from "./close-codes.js";
import { Heartbeat } from "./heartbeat.js";
import { Link } from "./link.js";
import type { GoAway, ServerFrame, Welcome } from "./server-frames.js";
import type { TokenSource } from "./tokens.js";

/** Where the connection stands; `waiting` and `stopped` say why. */
export type ConnectionState =
  | { readonly status: "idle" }
  | { readonly status: "connecting"; readonly attempt: number }
  | { readonly status: "online"; readonly session: string; readonly node: string }
  | { readonly status: "waiting"; readonly attempt: number; readonly retryAt: number; readonly reason: string }
  | { readonly status: "stopped"; readonly code: number; readonly reason: string };

export interface ConnectionListener {
  state(state: ConnectionState): void;
  /** A link is up; `restarted` when the server said that the positions held are worth nothing. */
  online(welcome: Welcome, restarted: boolean): void;
  received(frame: ServerFrame): void;
  /** A link that was up is gone. */
  lost(): void;
}

export interface ConnectionSettings {
  readonly url: string;
  readonly clock: Clock;
  readonly backoff: Backoff;
  readonly random: () => number;
  readonly socket: typeof WebSocket | undefined;
}

/** Only after so long counts a link as good, so that one which breaks at once does not reset the backoff. */
const STEADY_MS = 5_000;
/** A handshake without `welcome` by then is given up. */
const HANDSHAKE_MS = 15_000;

/** Keeps one link up: connects, reconnects as close codes, `goaway` and the backoff say, and renews the token on it. */
export class Connection {
  readonly #settings: ConnectionSettings;
  readonly #tokens: TokenSource;
  readonly #listener: ConnectionListener;
  readonly #heartbeat: Heartbeat;
  #state: ConnectionState = { status: "idle" };
  #link: Link | undefined;
  #restart = false;
  /** The handshake's answer is hidden from a browser: after a refused one the next try brings a new token. */
  #refused = false;
  #renewed = false;
  /** When a `goaway` allows to come back. */
  #returnAt: number | undefined;
  #cancels: (() => void)[] = [];

  constructor(settings: ConnectionSettings, tokens: TokenSource, listener: ConnectionListener) {
    this.#settings = settings;
    this.#tokens = tokens;
    this.#listener = listener;
    this.#heartbeat = new Heartbeat(
      settings.clock,
      () => this.#link?.send({ type: "ping" }),
      () => this.#link?.close(4002, "no answer from the server"),
    );
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
    if (this.#state.status === "waiting") void this.#connect();
    else if (this.#state.status === "online") this.#heartbeat.probe();
  }

  /** A socket does not notice for a long time that its network is gone, or another one by now. */
  networkLost(): void {
    this.#link?.close(1006, "the network is gone");
  }

  stop(): void {
    const link = this.#link;
    this.#forget();
    this.#become({ status: "idle" });
    link?.close(1000, "done");
  }

  /** Whether the frame went out; it did not when no link is up. */
  send(frame: ClientFrame): boolean {
    if (this.#state.status !== "online" || !this.#link) return false;
    this.#link.send(frame);
    return true;
  }

  async #connect(): Promise<void> {
    this.#forget();
    const attempt = this.#settings.backoff.failures + 1;
    const connecting: ConnectionState = { status: "connecting", attempt };
    this.#become(connecting);
    let token: string;
    try {
      token = await (this.#refused ? this.#tokens.renew() : this.#tokens.fetch());
    } catch (error) {
      if (this.#state === connecting) this.#wait(`no token: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    if (this.#state !== connecting) return;
    this.#refused = false;
    const link: Link = new Link(
      this.#settings.url,
      token,
      {
        opened: () => undefined,
        received: (frame) => this.#link === link && this.#received(frame),
        closed: (code, reason) => this.#link === link && this.#closed(code, reason),
      },
      this.#settings.socket,
    );
    this.#link = link;
    this.#after(HANDSHAKE_MS, () => this.#state === connecting && link.close(1006, "no welcome came"));
  }

  #received(frame: ServerFrame): void {
    this.#heartbeat.heard();
    if (frame.type === "welcome") this.#welcomed(frame);
    else if (frame.type === "goaway") this.#leave(frame);
    else if (frame.type === "token_expiring") this.#renew();
    else this.#listener.received(frame);
  }

  #welcomed(welcome: Welcome): void {
    const restarted = this.#restart;
    this.#restart = false;
    this.#heartbeat.start(welcome.heartbeat * 1000);
    this.#after(STEADY_MS, () => {
      this.#settings.backoff.succeeded();
      this.#renewed = false;
    });
    this.#renewInTime();
    this.#become({ status: "online", session: welcome.session, node: welcome.node });
    this.#listener.online(welcome, restarted);
  }

  /** Comes back at a random point of the time that the server gave, even if it leaves the link open. */
  #leave(frame: GoAway): void {
    const ms = frame.reconnectAfterMs + this.#settings.random() * frame.jitterMs;
    this.#returnAt = this.#settings.clock.now() + ms;
    this.#after(ms, () => this.#link?.close(4000, "the server asked to come back"));
  }

  #closed(code: number, reason: string): void {
    const wasOnline = this.#state.status === "online";
    const returnAt = this.#returnAt;
    this.#forget();
    const action = closeAction(code);
    this.#restart ||= action === "restart";
    this.#refused = !wasOnline;
    const renewing = action === "renew" && !this.#renewed;
    if (renewing) this.#renewed = this.#refused = true;
    const stopped = !renewing && (action === "done" || action === "renew" || action === "stop");
    if (stopped) this.#become({ status: "stopped", code, reason });
    else this.#wait(reason || (wasOnline ? "the link was lost" : "the server does not answer"), returnAt);
    if (wasOnline) this.#listener.lost();
  }

  #wait(reason: string, returnAt?: number): void {
    const { clock, backoff } = this.#settings;
    const attempt = backoff.failures + 1;
    const ms = returnAt === undefined ? backoff.next() : Math.max(0, returnAt - clock.now());
    this.#after(ms, () => void this.#connect());
    this.#become({ status: "waiting", attempt, retryAt: clock.now() + ms, reason });
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
        link?.send({ type: "auth", ref: "auth", token });
        this.#renewInTime();
      },
      () => this.#link === link && this.#after(5_000, () => this.#renew()),
    );
  }

  #after(ms: number, task: () => void): void {
    this.#cancels.push(this.#settings.clock.after(ms, task));
  }

  #forget(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels = [];
    this.#link = undefined;
    this.#returnAt = undefined;
    this.#heartbeat.stop();
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    this.#listener.state(state);
  }
}
