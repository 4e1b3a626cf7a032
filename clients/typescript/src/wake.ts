/** Calls back when a browser is online again or its tab is looked at; elsewhere never. Returns how to end it. */
export function onWake(wake: () => void): () => void {
  if (typeof document === "undefined") return () => undefined;
  const visible = () => document.visibilityState === "visible" && wake();
  globalThis.addEventListener("online", wake);
  document.addEventListener("visibilitychange", visible);
  return () => {
    globalThis.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", visible);
  };
}
