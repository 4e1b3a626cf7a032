import { isChannel, isName, peerOf, titleOf } from "../model/channel-name.js";

/** The JSON of a push as push-service sends it, `docs/protocol.md` section 9. */
export type PushPayload = Alert | Clear;

/** Shows messages of a channel. */
export interface Alert {
  readonly type: "notification";
  readonly user: string;
  readonly channel: string;
  readonly seq: number;
  /** Absent where the user wants no preview. */
  readonly from?: string;
  /** Milliseconds since 1970. */
  readonly ts?: number;
  /** How many messages it stands for; absent: 1. */
  readonly count?: number;
  readonly mentioned?: boolean;
  /** The number for the app's icon. */
  readonly badge?: number;
  /** Absent where the user wants no text, or it is too long. */
  readonly data?: unknown;
  readonly sound?: string;
}

/** Takes away what is shown of a channel. */
export interface Clear {
  readonly type: "read";
  readonly user: string;
  readonly channel: string;
  readonly seq: number;
  readonly badge?: number;
}

/** Reads a payload; undefined for anything that is not one. */
export function payloadOf(json: unknown): PushPayload | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const { type, user, channel } = json as Partial<PushPayload>;
  if (type !== "notification" && type !== "read") return undefined;
  return typeof user === "string" && isName(user) && typeof channel === "string" && isChannel(channel)
    ? (json as PushPayload)
    : undefined;
}

/** One notification for each channel of each user: two users may share a browser. */
export function tagOf({ user, channel }: { readonly user: string; readonly channel: string }): string {
  return `${user}/${channel}`;
}

/** What a notification shows. */
export function wordsOf(alert: Alert): { readonly title: string; readonly body: string } {
  return { title: titleOf(alert.channel, alert.user), body: bodyOf(alert) };
}

/** The address that opens the conversation as its user. */
export function addressOf({ user, channel }: { readonly user: string; readonly channel: string }): string {
  return `/?${new URLSearchParams({ user, channel }).toString()}`;
}

function bodyOf(alert: Alert): string {
  const { user, channel, from, count = 1, mentioned = false } = alert;
  const text = textOf(alert);
  const words = count > 1 ? `${count} messages` : "New message";
  // The title of a direct conversation is the sender already.
  const who = peerOf(channel, user) === undefined ? from : undefined;
  if (text === undefined) return who === undefined ? words : `${words}${count > 1 ? ", the newest" : ""} from ${who}`;
  const line = who === undefined ? text : mentioned && count === 1 ? `${who} mentioned you: ${text}` : `${who}: ${text}`;
  return count > 1 ? `${words}\n${line}` : line;
}

function textOf({ data }: Alert): string | undefined {
  const text = typeof data === "object" && data !== null ? (data as { text?: unknown }).text : undefined;
  return typeof text === "string" && text !== "" ? text : undefined;
}
