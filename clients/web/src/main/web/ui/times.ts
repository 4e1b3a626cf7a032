const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const second = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hour12: false });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const date = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const DAY_MS = 86_400_000;

export function clockOf(ts: number): string {
  return clock.format(ts);
}

/** To the millisecond. */
export function exactClockOf(ts: number): string {
  return second.format(ts);
}

export function fullTimeOf(ts: number): string {
  return full.format(ts);
}

/** As short as it can be: the time of today, the day of this week, else the date. */
export function shortTimeOf(ts: number, now: number): string {
  if (dayKey(ts) === dayKey(now)) return clock.format(ts);
  return now - ts < 6 * DAY_MS ? weekday.format(ts) : date.format(ts);
}

/** Changes with the local day, not with the length of time. */
export function dayKey(ts: number): string {
  return new Date(ts).toDateString();
}

export function dayOf(ts: number, now: number): string {
  if (dayKey(ts) === dayKey(now)) return "Today";
  if (dayKey(ts) === dayKey(now - DAY_MS)) return "Yesterday";
  return day.format(ts);
}
