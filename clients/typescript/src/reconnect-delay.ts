/** The longest random part on top of the wait that a server asked for. */
const MAX_JITTER_MS = 5_000;
/** The longest wait before a transport that was not tried yet. */
const SOON_MS = 1_000;

/**
 * How many milliseconds to wait before the next attempt: the backoff, or what the server asked for.
 * `goAwayMs` is the rest of the wait that a server asked for as it left, and replaces the backoff.
 * `retryAfterMs` is the least wait after a refusal.
 */
export function reconnectMs(backoffMs: number, random: () => number, isLower: boolean, goAwayMs?: number, retryAfterMs = 0): number {
  const ms = goAwayMs ?? (isLower ? Math.min(backoffMs, random() * SOON_MS) : backoffMs);
  return Math.max(0, ms, retryAfterMs && retryAfterMs + random() * Math.min(retryAfterMs, MAX_JITTER_MS));
}
