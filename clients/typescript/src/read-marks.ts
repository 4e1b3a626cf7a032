import type { SendMark } from "./client-frames.js";

/** Read marks move forward only, and are sent again after a reconnect since nothing answers them. */
export class ReadMarks {
  readonly #send: (frame: SendMark) => boolean;
  readonly #marks = new Map<string, number>();

  constructor(send: (frame: SendMark) => boolean) {
    this.#send = send;
  }

  mark(channel: string, seq: number): void {
    if (seq <= (this.#marks.get(channel) ?? 0)) return;
    this.#marks.set(channel, seq);
    this.#send({ type: "read", channel, seq });
  }

  online(): void {
    for (const [channel, seq] of this.#marks) this.#send({ type: "read", channel, seq });
  }
}
