import type { Shown, WhatIsShown } from "../push/messages.js";
import { addressOf, type Alert, type Clear, type PushPayload, tagOf, wordsOf } from "../push/payload.js";

/** A page that does not answer in this time does not show the conversation. */
const ANSWER_MS = 500;

/** Shows a notification or takes it away, however the payload came. */
export async function notify(registration: ServiceWorkerRegistration, payload: PushPayload): Promise<void> {
  await badge(payload.badge);
  if (payload.type === "read") await clear(registration, payload);
  else await show(registration, payload);
}

/** What is kept with a notification, for the click. */
export function shownBy(notification: Notification): Shown | undefined {
  const { user, channel } = (notification.data ?? {}) as Partial<Shown>;
  return user !== undefined && channel !== undefined ? { user, channel } : undefined;
}

/** Which conversation each page shows; undefined for those that show none. */
export async function askPages(pages: readonly WindowClient[]): Promise<ReadonlyMap<WindowClient, Shown | undefined>> {
  return new Map(await Promise.all(pages.map(async (page) => [page, await ask(page)] as const)));
}

async function show(registration: ServiceWorkerRegistration, alert: Alert): Promise<void> {
  if (await isOnScreen(alert)) return;
  const { user, channel, seq } = alert;
  const { title, body } = wordsOf(alert);
  const silent = alert.sound === "none";
  const options: NotificationOptions & { renotify: boolean; timestamp: number } = {
    body,
    tag: tagOf(alert),
    renotify: !silent,
    silent,
    timestamp: alert.ts ?? Date.now(),
    data: { user, channel, seq, address: addressOf(alert) },
  };
  await registration.showNotification(title, options);
}

async function clear(registration: ServiceWorkerRegistration, read: Clear): Promise<void> {
  for (const notification of await registration.getNotifications({ tag: tagOf(read) })) {
    const { seq = 0 } = (notification.data ?? {}) as { seq?: number };
    // A push service may deliver in another order: a newer message stays.
    if (seq <= read.seq) notification.close();
  }
}

/** Whether somebody looks at the conversation in one of the pages. */
async function isOnScreen({ user, channel }: Shown): Promise<boolean> {
  const pages = await worker().clients.matchAll({ type: "window" });
  const looked = pages.filter(({ focused, visibilityState }) => focused && visibilityState === "visible");
  const shown = await askPages(looked);
  return [...shown.values()].some((one) => one?.user === user && one.channel === channel);
}

async function ask(page: WindowClient): Promise<Shown | undefined> {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<Shown | undefined>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<Shown | undefined>) => resolve(data);
    setTimeout(() => resolve(undefined), ANSWER_MS);
  });
  page.postMessage({ type: "shown?" } satisfies WhatIsShown, [port2]);
  const shown = await answer;
  port1.close();
  return shown;
}

/** The number on the icon of an installed app, where there is one. */
async function badge(count: number | undefined): Promise<void> {
  if (count === undefined || !("setAppBadge" in navigator)) return;
  await (count === 0 ? navigator.clearAppBadge() : navigator.setAppBadge(count)).catch(() => undefined);
}

function worker(): ServiceWorkerGlobalScope {
  return self as unknown as ServiceWorkerGlobalScope;
}
