import type { ClientFrame, Request, SendMark } from "../client-frames.js";
import type { Clock } from "../clock.js";
import { DunlinError } from "../errors.js";
import type { Accepted, Rest } from "../rest.js";
import { asReply } from "../frames.js";
import type { ErrorFrame, ServerFrame } from "../server-frames.js";
import type { Ref, UserPresence } from "../values.js";

/** How often the presence of watched users is asked for. */
const PRESENCE_MS = 30_000;
/** Users watched at most; who is watched beyond it is asked for once only. */
const MOST_WATCHED = 500;
const USERS_PER_REQUEST = 100;

/**
 * What goes up where the link only goes down: each frame becomes the REST call of the same meaning, and its answer the
 * frame that a WebSocket would have given. `typing`, `received`, `away` and `active` have no call, and are not sent;
 * a watch of contacts and the presence of channels are refused.
 */
export class RestUplink {
  readonly #rest: Rest;
  readonly #clock: Clock;
  readonly #heard: (frame: ServerFrame) => void;
  /** The newest read mark of a channel that waits for the one under way. */
  readonly #marks = new Map<string, SendMark | undefined>();
  readonly #watched = new Map<string, UserPresence | undefined>();
  #cancelWatch: (() => void) | undefined;
  #over = false;

  /** `heard` gets the replies, over {@link stop} too, and until then `presence`. */
  constructor(rest: Rest, clock: Clock, heard: (frame: ServerFrame) => void) {
    this.#rest = rest;
    this.#clock = clock;
    this.#heard = heard;
  }

  send(frame: ClientFrame): void {
    if (frame.type === "read") this.#mark(frame);
    else if (frame.type === "signal") this.#call(undefined, () => this.#rest.signal(frame.channel, frame.data));
    else if ("ref" in frame) {
      this.#call(frame.ref, () => this.#answer(frame as Request));
    }
  }

  /** Ends the watching; requests that are under way are still answered. */
  stop(): void {
    this.#over = true;
    this.#cancelWatch?.();
  }

  async #answer(request: Request): Promise<object | undefined> {
    const rest = this.#rest;
    switch (request.type) {
      case "publish": {
        const { type: _, ref, channel, ...message } = request;
        return ack(rest.publish(channel, message));
      }
      case "edit": {
        const { type: _, ref, channel, seq, ...change } = request;
        return ack(rest.edit(channel, seq, change));
      }
      case "delete":
        return ack(rest.delete(request.channel, request.seq));
      case "react":
        return ack(rest.react(request.channel, request.seq, request.emoji, request.remove));
      case "presence": {
        if (!request.users) break;
        const users = await rest.presence(request.users);
        if (request.watch) this.#watch(users);
        return { type: "presence_state", users };
      }
      case "ping":
        await rest.channelPage({ limit: 1 });
        return { type: "pong" };
    }
    throw DunlinError.needsWebSocket();
  }

  #call(ref: Ref | undefined, work: () => Promise<object | void>): void {
    work().then(
      (answer) => answer && this.#heard(asReply(ref, answer as ServerFrame)),
      (error: unknown) => this.#heard(asReply(ref, errorFrame(DunlinError.from(error)))),
    );
  }

  /** One at a time for each channel: where they come faster, only the newest counts. */
  #mark(mark: SendMark): void {
    const busy = this.#marks.has(mark.channel);
    this.#marks.set(mark.channel, busy ? mark : undefined);
    if (busy) return;
    this.#call(undefined, () =>
      this.#rest.read(mark.channel, mark.seq).finally(() => {
        const next = this.#marks.get(mark.channel);
        this.#marks.delete(mark.channel);
        if (next) this.#mark(next);
      }),
    );
  }

  #watch(users: readonly UserPresence[]): void {
    for (const one of users) {
      if (this.#watched.has(one.user) || this.#watched.size < MOST_WATCHED) this.#watched.set(one.user, one);
    }
    if (!this.#over) this.#cancelWatch ??= this.#clock.after(PRESENCE_MS, () => void this.#look());
  }

  async #look(): Promise<void> {
    this.#cancelWatch = undefined;
    const users = [...this.#watched.keys()];
    const changes: UserPresence[] = [];
    try {
      for (let start = 0; start < users.length; start += USERS_PER_REQUEST) {
        for (const now of await this.#rest.presence(users.slice(start, start + USERS_PER_REQUEST))) {
          if (JSON.stringify(this.#watched.get(now.user)) !== JSON.stringify(now)) changes.push(now);
        }
      }
    } catch {
      // Not promised; the next look may see more.
    }
    if (this.#over) return;
    if (changes.length > 0) this.#heard({ type: "presence", changes });
    this.#watch(changes);
  }
}

async function ack(accepted: Promise<Accepted>): Promise<object> {
  return { type: "ack", ...(await accepted) };
}

function errorFrame({ code, message, retryable, retryAfterMs }: DunlinError): ErrorFrame {
  return { type: "error", code, message, retryable, retryAfterMs } as ErrorFrame;
}
