import type { OpenChannel, PushMessage, Shown, WhatIsShown } from "./messages.js";
import type { PushPayload } from "./payload.js";

/** Why this browser cannot show notifications here; undefined if it can. */
export function lackOfNotifications(): string | undefined {
  if (!isSecureContext) return "Notifications need https, or http://localhost.";
  if (!("serviceWorker" in navigator) || !("Notification" in window) || !("locks" in navigator)) {
    return "This browser has no notifications for pages.";
  }
  return undefined;
}

let registered: Promise<ServiceWorkerRegistration> | undefined;

/** Installs the service worker, or brings it up to date, once for each page; resolves when it runs. */
export function register(): Promise<ServiceWorkerRegistration> {
  registered ??= navigator.serviceWorker
    .register("/sw.js")
    .then(() => navigator.serviceWorker.ready)
    .catch((error: unknown) => {
      registered = undefined;
      throw error;
    });
  return registered;
}

/** Gives a payload to the service worker, as a push would. */
export async function deliver(payload: PushPayload): Promise<void> {
  const { active } = await register();
  active?.postMessage({ type: "push", payload } satisfies PushMessage);
}

/** Answers what the service worker asks of this page. Returns the function that ends it. */
export function answerServiceWorker(shown: () => Shown | undefined, open: (channel: string) => void): () => void {
  if (lackOfNotifications() !== undefined) return () => undefined;
  const listener = ({ data, ports }: MessageEvent<WhatIsShown | OpenChannel>) => {
    if (data.type === "shown?") ports[0]?.postMessage(shown());
    else if (data.user === shown()?.user) open(data.channel);
  };
  navigator.serviceWorker.addEventListener("message", listener);
  return () => navigator.serviceWorker.removeEventListener("message", listener);
}
