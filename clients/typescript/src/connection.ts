import type { ClientContext } from "./client-context.js";
import type { ClientEvents } from "./client-events.js";
import type { ClientFrame } from "./client-frames.js";
import type { Clock } from "./clock.js";
import type { ConnectionState } from "./connection-state.js";
import type { Emitter } from "./emitter.js";
import type { ServerFrame, Welcome } from "./server-frames.js";
import type { TokenSource } from "./tokens.js";
import type { Connector } from "./transport/connector.js";
import type { TransportChoice } from "./transport/transport-choice.js";
// Imports are in the order in which the whole client compresses best.
import { LINK_LOST, NO_ANSWER, type DunlinError } from "./errors.js";
import { HANDSHAKE_MS, TransportUpgrade } from "./transport-upgrade.js";
import { LinkTimers } from "./link-timers.js";
import { abnormal, GOING_AWAY, type Ending, type Link, type TransportName } from "./transport/link.js";
import { Backoff } from "./backoff.js";
import { TokenRenewal } from "./token-renewal.js";
import { closeAction } from "./close-codes.js";
import { reconnectMs } from "./reconnect-delay.js";

/**
 * How a link came up: after a loss (`resumed`), without valid positions (`restarted`), or in place
 * of another link that was up (`moved`).
 */
export type Arrival = "resumed" | "restarted" | "moved";

/** Receives what happens to a {@link Connection}. */
export interface ConnectionListener {
  online(welcome: Welcome, arrival: Arrival): void;
  received(frame: ServerFrame): void;
  /** A link that was up is lost. */
  lost(): void;
}

/**
 * Keeps one link up by the best transport that works. Close codes, `goaway` and the backoff decide
 * what follows a lost link. The client owns one for its whole life. After {@link stop} or a fatal
 * close code it is idle until the next {@link start}.
 */
/** A link that lives this long resets the backoff; one that breaks at once does not. */
const STEADY_MS = 5_000;

/**
 * Keeps one link up by the best transport that works. Close codes, `goaway` and the backoff decide
 * what follows a lost link. The client owns one for its whole life. After {@link stop} or a fatal
 * close code it is idle until the next {@link start}.
 */
export class Connection {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #emitter: Emitter<ClientEvents>;
  readonly #tokens: TokenSource;
  readonly #choice: TransportChoice;
  readonly #connector: Connector;
  readonly #listener: ConnectionListener;
  readonly #backoff: Backoff;
  readonly #timers: LinkTimers;
  readonly #renewal: TokenRenewal;
  readonly #upgrade: TransportUpgrade;
  #state: ConnectionState = { status: "idle" };
  #link: Link | undefined;
  /** The link before a move, whose REST calls may still be answered. */
  #left: Link | undefined;
  /** The link was up long enough to count as good. */
  #steady = false;
  /** A close code said that positions are void. */
  #restart = false;
  /** When a `goaway` allows the next attempt. */
  #returnAt: number | undefined;

  constructor(context: ClientContext, choice: TransportChoice, connector: Connector, listener: ConnectionListener) {
    const { clock, random, emitter, tokens } = context;
    this.#clock = clock;
    this.#random = random;
    this.#emitter = emitter;
    this.#tokens = tokens;
    this.#choice = choice;
    this.#connector = connector;
    this.#listener = listener;
    this.#backoff = new Backoff(1_000, 30_000, random);
    this.#timers = new LinkTimers(clock);
    this.#renewal = new TokenRenewal(tokens, this.#timers, (token) => this.send({ type: "auth", ref: "auth", token }));
    this.#upgrade = new TransportUpgrade(context, choice, this.#timers, (transport, token) => this.#open(transport, token));
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Connects if it is not connected. Ends a wait for the next attempt. */
  start(): void {
    const { status } = this.#state;
    if (status !== "connecting" && status !== "online") this.#connect();
  }

  stop(): void {
    const old = this.#forget();
    this.#become({ status: "idle" });
    old?.close();
  }

  /** The network or the user is back: ends a wait for the next attempt, and checks a link. */
  wake(): void {
    this.#upgrade.reset();
    if (this.#state.status === "waiting") this.#connect();
    else if (this.#state.status === "online") this.#link?.check();
  }

  /** The network is gone, which a link by itself notices late. */
  lost(): void {
    if (this.#link) this.#abandon({ code: 1001, reason: "the network is offline" });
  }

  /** Uses only these transports. Reconnects if the one in use is not among them. */
  allow(transports: readonly TransportName[]): void {
    const from = this.#choice.current;
    const { status } = this.#state;
    if (this.#choice.allow(transports)) {
      this.#switched(from, "chosen");
      if (status === "idle" || status === "stopped") return;
      this.#forget()?.close();
      // First, so that a listener of the loss finds the connection in the connecting state.
      this.#connect();
      if (status === "online") this.#listener.lost();
    } else if (status === "online") this.#upgrade.now();
  }

  /** Returns whether the frame was sent. Without a link it is dropped. */
  send(frame: ClientFrame): boolean {
    if (this.#state.status !== "online" || !this.#link) return false;
    this.#emitter.emit("frame", { direction: "up", transport: this.#state.transport, frame });
    this.#link.send(frame);
    return true;
  }

  #become(next: ConnectionState): void {
    this.#state = next;
    this.#emitter.emit("state", next);
  }

  /** Nothing of the this.#link reaches the connection any more. Returns the this.#link. */
  #forget(): Link | undefined {
    const old = this.#link;
    this.#timers.clear();
    this.#upgrade.cancel();
    this.#link = this.#left = undefined;
    return old;
  }

  #switched(from: TransportName, reason: string): void {
    this.#emitter.emit("transport", { from, to: this.#choice.current, reason });
  }

  #connect(): void {
    this.#forget();
    this.#returnAt = undefined;
    const transport = this.#choice.current;
    const shakeHands = this.#timers.guard((token: string) => {
      this.#link = this.#open(transport, token);
      if (!this.#link) this.#ended(abnormal(`${transport} cannot be used here`, 2));
      else this.#timers.after(HANDSHAKE_MS, () => this.#state.status === "connecting" && this.#abandon(abnormal(NO_ANSWER, 2)));
    });
    const noToken = this.#timers.guard(({ message, retryable }: DunlinError) => {
      if (retryable) this.#wait(message);
      else this.#become({ status: "stopped", code: 4401, reason: message });
    });
    this.#become({ status: "connecting", attempt: this.#backoff.failures + 1, transport });
    this.#tokens.fetch().then(shakeHands, noToken);
  }

  /** Undefined if the platform refuses, for example by a page's content security policy. */
  #open(transport: TransportName, token: string): Link | undefined {
    let opened: Link | undefined;
    try {
      opened = this.#connector.connect(transport, token, {
        received: (frame) => {
          this.#emitter.emit("frame", { direction: "down", transport, frame });
          if (opened === this.#link) this.#received(frame, transport);
          else if (frame.type === "welcome" && this.#upgrade.take(opened as Link)) this.#move(opened, transport, frame);
          else if (opened === this.#left && "ref" in frame) this.#listener.received(frame);
        },
        ended: (ending) => {
          if (opened === this.#link) this.#ended(ending);
          else this.#upgrade.failed(opened as Link);
        },
      });
    } catch {
      // The caller tries another way.
    }
    return opened;
  }

  #received(frame: ServerFrame, transport: TransportName): void {
    if (frame.type === "welcome") this.#arrived(frame, transport, this.#restart ? "restarted" : "resumed");
    else if (frame.type === "goaway") {
      // At a random point of the time that the server gave, even if it keeps the link open.
      const ms = frame.reconnectAfterMs + this.#random() * frame.jitterMs;
      this.#returnAt = this.#clock.now() + ms;
      this.#timers.after(ms, () => this.#abandon(GOING_AWAY));
    } else if (frame.type === "token_expiring") this.#renewal.renew();
    else this.#listener.received(frame);
  }

  /** A probe works: it replaces the link before that is closed, so that no event is lost between. */
  #move(better: Link | undefined, to: TransportName, welcome: Welcome): void {
    const from = this.#choice.current;
    const old = this.#forget();
    this.#returnAt = undefined;
    this.#link = better;
    this.#left = old;
    this.#choice.use(to);
    old?.close();
    this.#switched(from, `${to} works`);
    this.#arrived(welcome, to, "moved");
  }

  #arrived(welcome: Welcome, transport: TransportName, arrival: Arrival): void {
    const { session, node } = welcome;
    const again = arrival !== "moved" && this.#state.status === "online";
    this.#become({ status: "online", transport, session, node });
    // An SSE stream may repeat it with each request.
    if (again) return;
    this.#steady = this.#restart = false;
    this.#timers.after(STEADY_MS, () => {
      this.#backoff.succeeded();
      this.#choice.worked();
      this.#steady = true;
      this.#renewal.succeeded();
    });
    this.#renewal.schedule();
    this.#upgrade.schedule();
    this.#listener.online(welcome, arrival);
  }

  #abandon(ending: Ending): void {
    this.#link?.close();
    this.#ended(ending);
  }

  #ended(ending: Ending): void {
    const was = this.#state;
    const isAbnormal = ending.code === 1006;
    this.#forget();
    if (was.status === "connecting" && was.transport === "websocket" && isAbnormal) {
      void this.#connector.diagnose(this.#timers).then(
        this.#timers.guard((found) => {
          const judged = { blocked: 1, ...ending, ...found };
          if ((judged.blocked ?? 0) >= 1) this.#tokens.discard();
          this.#decide(judged);
        }),
      );
    } else {
      const early = was.status === "online" && !this.#steady && isAbnormal ? 1 : 0;
      this.#decide({ blocked: early, ...ending });
    }
  }

  #decide({ code, reason, retryAfterMs, blocked = 0 }: Ending): void {
    const wasOnline = this.#state.status === "online";
    const action = closeAction(code);
    this.#restart ||= action === "restart";
    if (action === "resume" || action === "restart" || (action === "renew" && this.#renewal.refused())) {
      const why = reason || (wasOnline ? LINK_LOST : NO_ANSWER);
      this.#wait(why, this.#fallBack(blocked, why), retryAfterMs);
    } else {
      this.#become({ status: "stopped", code, reason });
    }
    if (wasOnline) this.#listener.lost();
  }

  /** Returns whether the next attempt takes a lower transport. */
  #fallBack(against: number, why: string): boolean {
    const from = this.#choice.current;
    if (!this.#choice.failed(against)) return false;
    this.#switched(from, why);
    return this.#choice.better.includes(from);
  }

  #wait(reason: string, isLower = false, retryAfterMs?: number): void {
    const attempt = this.#backoff.failures + 1;
    const now = this.#clock.now();
    const ms = reconnectMs(this.#backoff.next(), this.#random, isLower, this.#returnAt && this.#returnAt - now, retryAfterMs);
    this.#timers.after(ms, () => this.#connect());
    this.#become({ status: "waiting", attempt, transport: this.#choice.current, retryAt: now + ms, reason });
  }

}
