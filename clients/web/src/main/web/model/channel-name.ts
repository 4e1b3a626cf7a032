/** Users and the parts of a channel's name, as the protocol allows them. */
const WORD = /^[A-Za-z0-9_.@-]{1,60}$/;
const CHANNEL = /^[A-Za-z0-9_.@-]+:[A-Za-z0-9_.:@-]+$/;

export type ChannelKind = "room" | "group" | "dm" | "other";

export function isName(text: string): boolean {
  return WORD.test(text);
}

export function isChannel(text: string): boolean {
  return text.length <= 128 && CHANNEL.test(text);
}

export function kindOf(channel: string): ChannelKind {
  const namespace = channel.slice(0, channel.indexOf(":"));
  return namespace === "room" || namespace === "group" || namespace === "dm" ? namespace : "other";
}

/** Whether the channel's namespace has members, and so somebody whose presence can be shown. */
export function hasMembers(channel: string): boolean {
  const kind = kindOf(channel);
  return kind === "dm" || kind === "group";
}

/** The channel of two people: members in byte order. */
export function directChannel(one: string, other: string): string {
  return `dm:${[one, other].sort().join(":")}`;
}

/** The other person of a direct channel; undefined for any other channel. */
export function peerOf(channel: string, me: string): string | undefined {
  if (kindOf(channel) !== "dm") return undefined;
  const [one, other] = channel.slice("dm:".length).split(":");
  return one === me ? other : one;
}

/** What people call the channel. */
export function titleOf(channel: string, me: string): string {
  return peerOf(channel, me) ?? (kindOf(channel) === "other" ? channel : channel.slice(channel.indexOf(":") + 1));
}
