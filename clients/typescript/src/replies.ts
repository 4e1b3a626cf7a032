import type { Request } from "./client-frames.js";
import type { Clock } from "./clock.js";
import { DunlinError, NO_ANSWER } from "./errors.js";
import type { ServerFrame } from "./server-frames.js";
import type { Ref } from "./values.js";

const REPLY_MS = 20_000;

/** Every frame of a request kind that has a reply, without its ref. */
type Unnumbered<Frame> = Frame extends { readonly ref?: unknown } ? Omit<Frame, "ref"> : never;

interface Waiting {
  readonly resolve: (frame: never) => void;
  readonly reject: (error: DunlinError) => void;
  readonly cancel: () => void;
}

/** Pairs replies with the requests that wait for them, by ref. */
export class Replies {
  readonly #clock: Clock;
  readonly #send: (frame: Request) => boolean;
  readonly #waiting = new Map<Ref | undefined, Waiting>();
  #lastRef = 0;

  constructor(clock: Clock, send: (frame: Request) => boolean) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Sends the request and resolves with its reply; rejects with what the server said, or `unavailable`. */
  request<Reply extends ServerFrame>(request: Unnumbered<Request>): Promise<Reply> {
    const ref = ++this.#lastRef;
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(REPLY_MS, () => {
        this.#waiting.delete(ref);
        reject(new DunlinError("unavailable", NO_ANSWER, true));
      });
      this.#waiting.set(ref, { resolve, reject, cancel });
      if (!this.#send({ ...request, ref } as Request)) this.#settle(ref)?.reject(DunlinError.linkLost());
    });
  }

  /** Whether the frame was a reply that somebody waited for. */
  accept(frame: ServerFrame): boolean {
    const waiting = "ref" in frame && this.#settle(frame.ref);
    if (!waiting) return false;
    if (frame.type === "error") waiting.reject(DunlinError.of(frame));
    else waiting.resolve(frame as never);
    return true;
  }

  /** The link is gone: nobody answers any more. */
  lost(): void {
    for (const ref of [...this.#waiting.keys()]) this.#settle(ref)?.reject(DunlinError.linkLost());
  }

  #settle(ref: Ref | undefined): Waiting | undefined {
    const waiting = this.#waiting.get(ref);
    this.#waiting.delete(ref);
    waiting?.cancel();
    return waiting;
  }
}
