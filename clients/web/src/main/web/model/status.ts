import type { Device, Status, UserPresence } from "@dunlin/client";

/** What the dot of an avatar shows. */
export type Mark = Exclude<Status, "unknown"> | "dnd";

const WORDS: Readonly<Record<Mark, string>> = { online: "Online", away: "Away", dnd: "Do not disturb", offline: "Offline" };

export const DEVICES: Readonly<Record<Device, string>> = { web: "Web browser", mobile: "Phone", desktop: "Desktop app" };

export function markOf(presence: UserPresence | undefined): Mark | undefined {
  if (!presence || presence.status === "unknown") return undefined;
  return presence.dnd && presence.status !== "offline" ? "dnd" : presence.status;
}

/** The mark in words, and what the user says of itself. */
export function wordsOf(mark: Mark | undefined, presence: UserPresence | undefined): string {
  return [mark && WORDS[mark], ownWordsOf(presence)].filter(Boolean).join(" · ");
}

/** What the user says of itself; empty if that is nothing. */
export function ownWordsOf({ emoji, text }: { readonly emoji?: string; readonly text?: string } = {}): string {
  return [emoji, text].filter(Boolean).join(" ");
}
