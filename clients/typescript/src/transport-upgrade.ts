import type { ClientContext } from "./client-context.js";
import type { LinkTimers } from "./link-timers.js";
import type { TokenSource } from "./tokens.js";
import type { Link, TransportName } from "./transport/link.js";
import type { TransportChoice } from "./transport/transport-choice.js";

/** A handshake without `welcome` by then has failed. The HTTP transports fail sooner by themselves. */
export const HANDSHAKE_MS = 15_000;
/** The first and the longest time between two probes. */
const FIRST_MS = 30_000;
const MAX_MS = 600_000;

/**
 * Probes better transports beside the link while a fallback is in use, less and less often. A probe
 * that fails changes nothing. Its {@link Connection} owns it, learns of the probe's `welcome` and
 * takes the link over.
 */
export class TransportUpgrade {
  readonly #random: () => number;
  readonly #tokens: TokenSource;
  readonly #choice: TransportChoice;
  readonly #timers: LinkTimers;
  readonly #open: (transport: TransportName, token: string) => Link | undefined;
  #probe: Link | undefined;
  #intervalMs = FIRST_MS;
  #probes = 0;

  constructor(
    { random, tokens }: ClientContext,
    choice: TransportChoice,
    timers: LinkTimers,
    open: (transport: TransportName, token: string) => Link | undefined,
  ) {
    this.#random = random;
    this.#tokens = tokens;
    this.#choice = choice;
    this.#timers = timers;
    this.#open = open;
  }

  /** The network may be another one: the next interval is the first again. */
  reset(): void {
    this.#intervalMs = FIRST_MS;
  }

  /** Schedules the next probe, unless the best transport is in use. Forgets the probe before. */
  schedule(): void {
    this.#probe = undefined;
    if (this.#choice.better.length === 0) {
      this.reset();
      return;
    }
    this.#timers.after(this.#intervalMs * (0.5 + this.#random() / 2), this.#next);
    this.#intervalMs = Math.min(this.#intervalMs * 2, MAX_MS);
  }

  /** Probes now, the best transport first. */
  now(): void {
    this.cancel();
    this.reset();
    this.#probes = 0;
    this.#next();
  }

  /** Hands over the probe, which takes the place of the link. False if the link is none. */
  take(link: Link): boolean {
    if (link !== this.#probe) return false;
    this.#probe = undefined;
    return true;
  }

  /** A link ended: if it was the probe, schedules the next. */
  failed(link: Link): void {
    if (link === this.#probe) this.schedule();
  }

  /** The link is gone: closes the probe beside it. */
  cancel(): void {
    this.#probe?.close();
    this.#probe = undefined;
  }

  readonly #next = (): void => {
    const { better } = this.#choice;
    const transport = better[this.#probes++ % better.length];
    if (!transport) return;
    this.#tokens.fetch().then(
      this.#timers.guard((token) => this.#probe ?? this.#start(transport, token)),
      this.#timers.guard(() => this.#probe ?? this.schedule()),
    );
  };

  #start(transport: TransportName, token: string): void {
    const probe = (this.#probe = this.#open(transport, token));
    if (!probe) {
      this.schedule();
      return;
    }
    this.#timers.after(HANDSHAKE_MS, () => {
      if (this.#probe !== probe) return;
      this.cancel();
      this.schedule();
    });
  }
}
