import type { Clock } from "./clock.js";

/** The events that show that somebody uses the page. */
const INPUT = ["pointerdown", "pointermove", "keydown", "touchstart", "wheel", "scroll"];

/**
 * Reports when the page had no input for so long, and when it has input or is shown again. Outside
 * a browser, and for 0, it does nothing. Returns the function that ends it.
 */
export function onIdle(clock: Clock, idleAfterMs: number, changed: (idle: boolean) => void): () => void {
  if (!idleAfterMs || typeof document === "undefined") return () => undefined;
  const ended = new AbortController();
  let usedAt = clock.now();
  let cancel: (() => void) | undefined;
  const look = () => {
    const leftMs = usedAt + idleAfterMs - clock.now();
    cancel = leftMs > 0 ? clock.after(leftMs, look) : undefined;
    if (!cancel) changed(true);
  };
  const used = () => {
    usedAt = clock.now();
    if (cancel) return;
    changed(false);
    look();
  };
  const options = { signal: ended.signal, capture: true, passive: true };
  for (const type of INPUT) addEventListener(type, used, options);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && used(), options);
  look();
  return () => {
    ended.abort();
    cancel?.();
  };
}
