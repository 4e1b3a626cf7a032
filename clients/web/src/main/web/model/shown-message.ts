import type { Changed, DunlinError, Json, Message, Reacted } from "@dunlin/client";

/** A message as the page shows it, after all edits. */
export interface ShownMessage {
  readonly kind: "message";
  readonly seq: number;
  readonly id: string;
  readonly from: string;
  readonly ts: number;
  readonly text: string;
  readonly edited: boolean;
  readonly deleted: boolean;
  /** The seq of the message that this one answers. */
  readonly replyTo: number | undefined;
  readonly mentions: readonly string[];
  /** Who reacted, by emoji. */
  readonly reactions: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Somebody came or went. */
export interface ShownNotice {
  readonly kind: "notice";
  readonly seq: number;
  readonly ts: number;
  readonly text: string;
}

/** One's own message that is not in the log yet. */
export interface PendingMessage {
  readonly kind: "pending";
  readonly id: string;
  readonly ts: number;
  readonly text: string;
  readonly replyTo: number | undefined;
  /** Why it was refused; it is still under way without. */
  readonly error: DunlinError | undefined;
}

export function shown(message: Message): ShownMessage {
  return {
    kind: "message",
    seq: message.seq,
    id: message.id,
    from: message.from,
    ts: message.ts,
    text: textOf(message.data),
    edited: Boolean(message.edited),
    deleted: Boolean(message.deleted),
    replyTo: message.replyTo,
    mentions: message.mentions ?? [],
    reactions: new Map(Object.entries(message.reactions ?? {}).map(([emoji, users]) => [emoji, new Set(users)])),
  };
}

export function changed(message: ShownMessage, change: Changed): ShownMessage {
  switch (change.type) {
    case "edited":
      if (change.deleted) return message;
      return { ...message, text: textOf(change.data ?? null), mentions: change.mentions ?? [], edited: true };
    case "deleted":
      return { ...message, text: "", deleted: true, reactions: new Map() };
    case "reacted":
      return { ...message, reactions: reacted(message.reactions, change) };
  }
}

/** Applications send what they like; the page's own messages are `{"text": …}`. */
function textOf(data: Json | undefined): string {
  if (typeof data === "string") return data;
  if (typeof data === "object" && data !== null && "text" in data && typeof data.text === "string") return data.text;
  return data === null || data === undefined ? "" : JSON.stringify(data);
}

function reacted(reactions: ShownMessage["reactions"], change: Reacted): Map<string, ReadonlySet<string>> {
  const { emoji } = change;
  const users = new Set(reactions.get(emoji));
  if (change.remove) users.delete(change.from);
  else users.add(change.from);
  const next = new Map(reactions).set(emoji, users);
  if (users.size === 0) next.delete(emoji);
  return next;
}
