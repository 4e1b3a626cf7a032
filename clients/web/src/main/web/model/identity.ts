import { isChannel, isName } from "./channel-name.js";

/** Who this tab is and where it was: per tab, so that two tabs can be two people. */
export interface Place {
  readonly user: string | undefined;
  readonly channel: string;
}

const DEFAULT_CHANNEL = "room:lobby";

/** The address (`?user=alice&channel=room:lobby`) comes first, then what the tab remembers. */
export function rememberedPlace(): Place {
  const address = new URLSearchParams(location.search);
  const user = address.get("user") ?? sessionStorage.getItem("user") ?? "";
  const channel = address.get("channel") ?? sessionStorage.getItem("channel") ?? "";
  return { user: isName(user) ? user : undefined, channel: isChannel(channel) ? channel : DEFAULT_CHANNEL };
}

export function rememberUser(user: string): void {
  sessionStorage.setItem("user", user);
}

export function rememberChannel(channel: string): void {
  sessionStorage.setItem("channel", channel);
  const address = new URL(location.href);
  if (!address.searchParams.has("channel")) return;
  address.searchParams.set("channel", channel);
  history.replaceState(null, "", address);
}

export function forgetPlace(): void {
  sessionStorage.clear();
  history.replaceState(null, "", location.pathname);
}

/** Open channels that no membership brings back, such as rooms. */
export function openChannels(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem("open") ?? "[]");
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string" && isChannel(one)) : [];
  } catch {
    return [];
  }
}

export function rememberOpen(channels: readonly string[]): void {
  sessionStorage.setItem("open", JSON.stringify(channels));
}
