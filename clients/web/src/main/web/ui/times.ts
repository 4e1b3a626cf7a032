const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

export function clockOf(ts: number): string {
  return clock.format(ts);
}

export function fullTimeOf(ts: number): string {
  return full.format(ts);
}

/** Changes with the local day, not with the length of time. */
export function dayKey(ts: number): string {
  return new Date(ts).toDateString();
}

export function dayOf(ts: number, now: number): string {
  if (dayKey(ts) === dayKey(now)) return "Today";
  if (dayKey(ts) === dayKey(now - 86_400_000)) return "Yesterday";
  return day.format(ts);
}
