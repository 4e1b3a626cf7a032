/** What the browser reports about its network and its tab. */
export interface WakeListener {
  /** The network is back, or the tab is visible again. */
  wake(): void;
  /** The network is gone, and every connection over it. */
  lost(): void;
}

/** Listens to the browser; outside a browser it does nothing. Returns the function that ends it. */
export function onWake(listener: WakeListener): () => void {
  if (typeof document === "undefined") return () => undefined;
  const ended = new AbortController();
  const options = { signal: ended.signal };
  addEventListener("online", () => listener.wake(), options);
  addEventListener("offline", () => listener.lost(), options);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && listener.wake(), options);
  return () => ended.abort();
}
