import type { SendMark } from "./client-frames.js";

/**
 * Read marks move forward only. Nothing answers them, so those that were set since the link before the last are sent
 * again on the next.
 */
export class ReadMarks {
  readonly #send: (frame: SendMark) => boolean;
  readonly #marks = new Map<string, number>();
  #unsure = new Set<string>();
  #unsureBefore = new Set<string>();

  constructor(send: (frame: SendMark) => boolean) {
    this.#send = send;
  }

  mark(channel: string, seq: number): void {
    if (seq <= (this.#marks.get(channel) ?? 0)) return;
    this.#marks.set(channel, seq);
    this.#unsure.add(channel);
    this.#send({ type: "read", channel, seq });
  }

  online(): void {
    const again = new Set([...this.#unsureBefore, ...this.#unsure]);
    this.#unsureBefore = this.#unsure;
    this.#unsure = new Set();
    for (const channel of again) this.#send({ type: "read", channel, seq: this.#marks.get(channel) ?? 0 });
  }
}
