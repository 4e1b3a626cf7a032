import type { Clock } from "../clock.js";
import { guarded } from "../emitter.js";
import { TRANSPORTS, type TransportName } from "./link.js";

/** Where a page keeps over a reload which transport worked; `sessionStorage` serves in a browser. */
export interface TransportMemory {
  load(): string | null;
  save(value: string): void;
}

/** So much evidence (see {@link Ending.blocked}) that a transport does not get through, and the next is tried. */
const ENOUGH = 2;
/** How long what worked is remembered. */
const REMEMBERED_MS = 600_000;

/**
 * Which transport to try: the best one until enough speaks against it, then the next; after the last the first again.
 * What worked below the best is remembered for a while, so that a reload does not fail its way down anew.
 */
export class TransportChoice {
  readonly #clock: Clock;
  readonly #memory: TransportMemory | undefined;
  #names: readonly TransportName[];
  #index = 0;
  #against = 0;

  constructor(names: readonly TransportName[], clock: Clock, memory: TransportMemory | undefined) {
    this.#clock = clock;
    this.#memory = memory;
    this.#names = ordered(names);
    const [name, until] = memory?.load()?.split(" ") ?? [];
    if (Number(until) > clock.now()) this.use(name as TransportName);
  }

  get current(): TransportName {
    return this.#names[this.#index] as TransportName;
  }

  /** Those that would be tried instead if they worked, the best first. */
  get better(): readonly TransportName[] {
    return this.#names.slice(0, this.#index);
  }

  /** Counts what speaks against the current one. Returns whether another is current now. */
  failed(against: number): boolean {
    // That nothing answers at all is no reason to leave the best one.
    this.#against += this.#index === 0 && against < 1 ? 0 : against;
    if (this.#against < ENOUGH) return false;
    this.#against = 0;
    this.#index = (this.#index + 1) % this.#names.length;
    return this.#names.length > 1;
  }

  /** A link by the current one proved good. */
  worked(): void {
    this.#against = 0;
    // A full storage only costs a try after a reload.
    guarded(() => this.#memory?.save(this.#index ? `${this.current} ${this.#clock.now() + REMEMBERED_MS}` : ""));
  }

  use(name: TransportName): void {
    this.#index = Math.max(0, this.#names.indexOf(name));
    this.#against = 0;
  }

  /** Allows these only. Returns whether another is current now. */
  allow(names: readonly TransportName[]): boolean {
    const before = this.current;
    this.#names = ordered(names);
    this.use(before);
    return this.current !== before;
  }
}

function ordered(names: readonly TransportName[]): readonly TransportName[] {
  const known = TRANSPORTS.filter((name) => names.includes(name));
  if (known.length === 0) throw new RangeError("transports has no usable one");
  return known;
}

/** The tab's own memory; undefined where there is none or it is forbidden. */
export function tabMemory(): TransportMemory | undefined {
  const key = "dunlin.transport";
  try {
    const storage = globalThis.sessionStorage;
    return storage && { load: () => storage.getItem(key), save: (value) => storage.setItem(key, value) };
  } catch {
    return undefined;
  }
}
