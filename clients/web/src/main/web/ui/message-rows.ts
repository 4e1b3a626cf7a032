import type { LogEntry } from "../model/message-log.js";
import type { PendingMessage, ShownMessage } from "../model/shown-message.js";
import { dayKey } from "./times.js";

export type Bubble = ShownMessage | PendingMessage;

/** What the list draws: days, notices, where the new ones begin, and what one person said in one go. */
export type Row =
  | { readonly kind: "day"; readonly key: string; readonly ts: number }
  | { readonly kind: "notice"; readonly key: string; readonly text: string }
  | { readonly kind: "new"; readonly key: string }
  | { readonly kind: "turn"; readonly key: string; readonly from: string; readonly bubbles: Bubble[] };

/** A longer pause begins a new turn. */
const SAME_TURN_MS = 5 * 60_000;

export function rowsOf(
  entries: readonly LogEntry[],
  pending: readonly PendingMessage[],
  me: string,
  newAfter: number | undefined,
): Row[] {
  const rows: Row[] = [];
  let last: Bubble | undefined;
  let today = "";
  let isNewShown = newAfter === undefined;
  for (const entry of [...entries, ...pending]) {
    if (dayKey(entry.ts) !== today) {
      today = dayKey(entry.ts);
      rows.push({ kind: "day", key: `day ${today}`, ts: entry.ts });
    }
    if (!isNewShown && entry.kind === "message" && entry.seq > (newAfter ?? 0) && entry.from !== me) {
      isNewShown = true;
      rows.push({ kind: "new", key: "new" });
    }
    if (entry.kind === "notice") {
      rows.push({ kind: "notice", key: `notice ${entry.seq}`, text: entry.text });
      continue;
    }
    const from = entry.kind === "pending" ? me : entry.from;
    const turn = rows.at(-1);
    if (turn?.kind === "turn" && turn.from === from && last && entry.ts - last.ts < SAME_TURN_MS) {
      turn.bubbles.push(entry);
    } else {
      rows.push({ kind: "turn", key: `turn ${entry.id}`, from, bubbles: [entry] });
    }
    last = entry;
  }
  return rows;
}
