import { encode } from "./base64url.js";
import { newKeys, type SubscriptionKeys } from "./decryption.js";

/** A subscription at the gateway's own push service, for one user of this browser. */
export interface LocalSubscription {
  readonly id: string;
  readonly keys: SubscriptionKeys;
}

/** The key in the browser's storage: all tabs share it, and hear of changes. */
export const STORE = "local-push";

/** A browser opens six connections to an origin, and each subscription takes one. */
const MOST_USERS = 3;
const ID_BYTES = 24;

/** The subscriptions of this browser by user. */
export function subscriptions(): ReadonlyMap<string, LocalSubscription> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORE) ?? "{}");
    return new Map(Object.entries(kept as Record<string, LocalSubscription>));
  } catch {
    return new Map();
  }
}

/** The path of the subscription's endpoint. */
export function pathOf({ id }: LocalSubscription): string {
  return `/dev/push/${id}`;
}

/** Subscribes the user, or answers with the subscription that is there. Rejects where the server has no local push service. */
export async function subscribe(user: string): Promise<LocalSubscription> {
  const all = subscriptions();
  const others = [...all.keys()].filter((one) => one !== user);
  if (others.length >= MOST_USERS) {
    throw new Error(`This browser has notifications for ${others.join(", ")}. Turn them off for one of them first.`);
  }
  const subscription = all.get(user) ?? {
    id: encode(crypto.getRandomValues(new Uint8Array(ID_BYTES))),
    keys: await newKeys(),
  };
  const { ok, status } = await fetch(pathOf(subscription), { method: "PUT" });
  if (status === 410) {
    keep(user, undefined);
    return subscribe(user);
  }
  if (!ok) throw new Error(`There is no local push service: the server answered ${status}.`);
  keep(user, subscription);
  return subscription;
}

/** Ends the user's subscription, if there is one. */
export async function unsubscribe(user: string): Promise<void> {
  const subscription = subscriptions().get(user);
  if (!subscription) return;
  keep(user, undefined);
  await fetch(pathOf(subscription), { method: "DELETE" });
}

function keep(user: string, subscription: LocalSubscription | undefined): void {
  const all = new Map(subscriptions());
  if (subscription) all.set(user, subscription);
  else all.delete(user);
  localStorage.setItem(STORE, JSON.stringify(Object.fromEntries(all)));
  // The browser notifies the other tabs only.
  dispatchEvent(new StorageEvent("storage", { key: STORE }));
}
