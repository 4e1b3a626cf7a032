/** How much of the past is kept and shown. */
export const WINDOW_MS = 60_000;
/** At 1,000 updates a second over all channels one has a quarter of them; what is more than this is older than need be. */
const MOST_POINTS = 60_000;

export interface Point {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly price: number;
}

/** The last minute of one channel's prices, and whether none of them is missing. */
export class Series {
  readonly channel: string;
  readonly name: string;
  #points: Point[] = [];
  #last: number | undefined;
  #missed = 0;
  #doubled = 0;
  #skipped = 0;
  #updates = 0;

  constructor(channel: string, name: string) {
    this.channel = channel;
    this.name = name;
  }

  /** Oldest first. */
  get points(): readonly Point[] {
    return this.#points;
  }

  get newest(): Point | undefined {
    return this.#points.at(-1);
  }

  /** Seqs that should have come and did not. */
  get missed(): number {
    return this.#missed;
  }

  /** Seqs that came again. */
  get doubled(): number {
    return this.#doubled;
  }

  /** Seqs that the server left out because this page was too slow, and said so. */
  get skipped(): number {
    return this.#skipped;
  }

  get updates(): number {
    return this.#updates;
  }

  /** From what is kept of the past to now, as a share. */
  get change(): number | undefined {
    const [oldest] = this.#points;
    const { newest } = this;
    return oldest && newest && oldest.price !== 0 ? newest.price / oldest.price - 1 : undefined;
  }

  /** Where the channel stands; `recovered` when all that was missed meanwhile follows, else it is gone. */
  stands(head: number, recovered: boolean): void {
    if (this.#last !== undefined && recovered) return;
    this.#missed += Math.max(0, head - (this.#last ?? head));
    this.#last = head;
  }

  /** What was before the stream began. */
  past(points: readonly Point[]): void {
    const first = this.#points[0]?.at ?? Infinity;
    this.#points = [...points.filter(({ at }) => at < first), ...this.#points];
  }

  add(seq: number, point: Point): void {
    if (this.#last !== undefined && seq <= this.#last) {
      this.#doubled++;
      return;
    }
    if (this.#last !== undefined) this.#missed += seq - this.#last - 1;
    this.#last = seq;
    this.#updates++;
    this.#points.push(point);
    if (this.#points.length > MOST_POINTS) this.#points.splice(0, this.#points.length - MOST_POINTS);
  }

  skip(from: number, to: number): void {
    this.#skipped += to - from + 1;
    this.#last = Math.max(this.#last ?? 0, to);
  }

  /** Lets go of what is out of the window. */
  forget(now: number): void {
    const first = this.#points.findIndex(({ at }) => at >= now - WINDOW_MS);
    // One stays to the left of the edge, so that the line comes from somewhere.
    if (first > 1) this.#points.splice(0, first - 1);
  }
}
