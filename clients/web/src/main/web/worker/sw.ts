import type { OpenChannel, PushMessage, Shown } from "../push/messages.js";
import { addressOf, payloadOf } from "../push/payload.js";
import { askPages, notify, shownBy } from "./notify.js";

/** The service worker: shows notifications, and opens their conversation. Pages work without it. */
const worker = self as unknown as ServiceWorkerGlobalScope;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

// A push of the browser's own push service.
worker.addEventListener("push", (event) => event.waitUntil(received(readJson(event.data))));

// A push that a page received from the local endpoint.
worker.addEventListener("message", (event) => {
  const { type, payload } = (event.data ?? {}) as Partial<PushMessage>;
  if (type === "push") event.waitUntil(received(payload));
});

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const shown = shownBy(event.notification);
  if (shown) event.waitUntil(open(shown));
});

async function received(json: unknown): Promise<void> {
  const payload = payloadOf(json);
  if (payload) await notify(worker.registration, payload);
}

function readJson(data: PushMessageData | null): unknown {
  try {
    return data?.json();
  } catch {
    return undefined;
  }
}

/** In a page of that user, if one is open; else in a new one. */
async function open(shown: Shown): Promise<void> {
  const pages = await worker.clients.matchAll({ type: "window" });
  for (const [page, there] of await askPages(pages)) {
    if (there?.user !== shown.user) continue;
    page.postMessage({ type: "open", ...shown } satisfies OpenChannel);
    await page.focus().catch(() => undefined); // only a real click may focus
    return;
  }
  await worker.clients.openWindow(addressOf(shown));
}
