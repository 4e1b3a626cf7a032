/** What the browser tells about its network and its tab. */
export interface WakeListener {
  /** The network is back, or somebody looks at the tab again. */
  wake(): void;
  /** The network is gone, and with it what was open over it. */
  networkLost(): void;
}

/** Listens to the browser; elsewhere nothing is ever told. Returns how to end it. */
export function onWake(listener: WakeListener): () => void {
  if (typeof document === "undefined") return () => undefined;
  const online = () => listener.wake();
  const offline = () => listener.networkLost();
  const visible = () => document.visibilityState === "visible" && listener.wake();
  globalThis.addEventListener("online", online);
  globalThis.addEventListener("offline", offline);
  document.addEventListener("visibilitychange", visible);
  return () => {
    globalThis.removeEventListener("online", online);
    globalThis.removeEventListener("offline", offline);
    document.removeEventListener("visibilitychange", visible);
  };
}
