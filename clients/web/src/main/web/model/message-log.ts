import type { ChannelEvent, DunlinError, Message } from "@dunlin/client";
import { changed, shown, type PendingMessage, type ShownMessage, type ShownNotice } from "./shown-message.js";

export type LogEntry = ShownMessage | ShownNotice;

/** What is known of one channel's log, by seq, and one's own messages that are on their way into it. */
export class MessageLog {
  readonly #bySeq = new Map<number, LogEntry>();
  readonly #pending = new Map<string, PendingMessage>();
  #inOrder: readonly LogEntry[] | undefined = [];

  /** By seq. */
  get entries(): readonly LogEntry[] {
    this.#inOrder ??= [...this.#bySeq.values()].sort((one, other) => one.seq - other.seq);
    return this.#inOrder;
  }

  get pending(): readonly PendingMessage[] {
    return [...this.#pending.values()];
  }

  get oldest(): number | undefined {
    return this.entries[0]?.seq;
  }

  get newest(): number | undefined {
    return this.entries.at(-1)?.seq;
  }

  get newestMessage(): ShownMessage | undefined {
    return this.entries.findLast((entry) => entry.kind === "message");
  }

  /** The message with this seq, if it is loaded. */
  message(seq: number): ShownMessage | undefined {
    const entry = this.#bySeq.get(seq);
    return entry?.kind === "message" ? entry : undefined;
  }

  /** Takes a page of history. What is here already stays: live events may have changed it since. */
  addHistory(messages: readonly Message[]): void {
    for (const message of messages) if (!this.#bySeq.has(message.seq)) this.#put(shown(message));
  }

  add(event: ChannelEvent): void {
    switch (event.type) {
      case "message":
        this.#pending.delete(event.id);
        this.#put(shown(event));
        break;
      case "edited":
      case "deleted":
      case "reacted": {
        const target = this.#bySeq.get(event.target);
        if (target?.kind === "message") this.#put(changed(target, event));
        break;
      }
      case "member_joined":
      case "member_left":
        this.#put({ kind: "notice", seq: event.seq, ts: event.ts, text: membership(event) });
        break;
    }
  }

  sending(id: string, text: string, replyTo: number | undefined, ts: number): void {
    this.#pending.set(id, { kind: "pending", id, text, ts, replyTo, error: undefined });
  }

  refused(id: string, error: DunlinError): void {
    const pending = this.#pending.get(id);
    if (pending) this.#pending.set(id, { ...pending, error });
  }

  discard(id: string): void {
    this.#pending.delete(id);
  }

  /** Forgets the log but not what is being sent: its place may have changed. */
  clear(): void {
    this.#bySeq.clear();
    this.#inOrder = undefined;
  }

  #put(entry: LogEntry): void {
    this.#bySeq.set(entry.seq, entry);
    this.#inOrder = undefined;
  }
}

function membership(event: Extract<ChannelEvent, { user: string }>): string {
  if (event.type === "member_left") {
    return event.user === event.by ? `${event.user} left` : `${event.by} removed ${event.user}`;
  }
  return event.user === event.by ? `${event.user} joined` : `${event.by} added ${event.user}`;
}
