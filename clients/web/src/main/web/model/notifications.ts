import { decode } from "../push/base64url.js";
import { pathOf, subscribe, unsubscribe } from "../push/local-subscriptions.js";
import { deliver, lackOfNotifications, register } from "../push/service-worker.js";
import { type Api, ApiError } from "./api.js";
import { Model } from "./model.js";

/** How notifications come to this browser. */
export interface Registration {
  /** The id of the device at the server. */
  readonly device: string;
  readonly way: "browser" | "local";
  /** Why it is the local one. */
  readonly why?: string;
}

interface Subscribed {
  readonly subscription: object;
  readonly way: "browser" | "local";
  readonly why?: string;
}

/** A browser that does not reach its push service waits for minutes. */
const SUBSCRIBE_MS = 5_000;
const STORE = "push:";

/** Whether this browser shows notifications to one user, and the way that they take. */
export class Notifications extends Model {
  readonly #api: Api;
  readonly #user: string;
  #busy = false;
  #problem: string | undefined;

  constructor(api: Api, user: string) {
    super();
    this.#api = api;
    this.#user = user;
  }

  /** Undefined while they are off. */
  get registration(): Registration | undefined {
    return registrationOf(this.#user);
  }

  /** Why they cannot be turned on, or did not. */
  get problem(): string | undefined {
    return lackOfNotifications() ?? this.#problem;
  }

  get possible(): boolean {
    return lackOfNotifications() === undefined;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Asks for the permission, so it must be called for a click. What fails is the {@link problem}. */
  turnOn(): Promise<void> {
    return this.#work(async () => {
      if ((await Notification.requestPermission()) !== "granted") {
        throw new Error("The browser does not allow this page to show notifications. Allow it in the browser's settings for this page.");
      }
      await this.#register();
    });
  }

  /** Removes the device at the server, then the subscription. What fails is the {@link problem}. */
  turnOff(): Promise<void> {
    return this.#work(async () => {
      const { registration } = this;
      if (!registration) return;
      await this.#api.call("DELETE", `/v1/devices/${registration.device}`).catch((error: unknown) => {
        if (!(error instanceof ApiError) || error.status !== 404) throw error;
      });
      localStorage.removeItem(STORE + this.#user);
      if (registration.way === "local") await unsubscribe(this.#user);
      else await (await (await register()).pushManager.getSubscription())?.unsubscribe();
    });
  }

  /** Registers the device again: the server may have lost it. Without an answer it stays as it is. */
  async renew(): Promise<void> {
    if (!this.registration || !this.possible || Notification.permission !== "granted") return;
    await this.#register().catch(() => undefined);
  }

  /** Takes away what this browser shows of a conversation that is open now. */
  async opened(channel: string): Promise<void> {
    if (!this.registration || !this.possible) return;
    await deliver({ type: "read", user: this.#user, channel, seq: Number.MAX_SAFE_INTEGER }).catch(() => undefined);
  }

  async #work(work: () => Promise<void>): Promise<void> {
    if (this.#busy || !this.possible) return;
    this.#busy = true;
    this.#problem = undefined;
    this.changed();
    try {
      await work();
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
    this.#busy = false;
    this.changed();
  }

  async #register(): Promise<void> {
    const { key } = await this.#api.call<{ key: string }>("GET", "/v1/push/vapid-public-key");
    const { subscription, way, why } = await this.#subscribe(await register(), key);
    const { id } = await this.#api.call<{ id: string }>("POST", "/v1/devices", { kind: "webpush", subscription, key });
    const registration: Registration = { device: id, way, ...(why !== undefined && { why }) };
    // The browser has one subscription, and the server gives it to the user who registered last.
    if (way === "browser") forgetOthers(this.#user);
    localStorage.setItem(STORE + this.#user, JSON.stringify(registration));
    this.changed();
  }

  /** By the browser's own push service, or by the gateway's where that does not work. */
  async #subscribe(worker: ServiceWorkerRegistration, key: string): Promise<Subscribed> {
    const before = this.registration;
    let why = before?.why;
    if (before?.way !== "local") {
      try {
        return { subscription: (await subscribeBrowser(worker, key)).toJSON(), way: "browser" };
      } catch (error) {
        why = error instanceof Error ? error.message : String(error);
      }
    }
    const local = await subscribe(this.#user);
    const { p256dh, auth } = local.keys;
    return {
      subscription: { endpoint: location.origin + pathOf(local), keys: { p256dh, auth } },
      way: "local",
      ...(why !== undefined && { why }),
    };
  }
}

async function subscribeBrowser({ pushManager }: ServiceWorkerRegistration, key: string): Promise<PushSubscription> {
  if (!navigator.onLine) throw new Error("This browser is offline.");
  const applicationServerKey = decode(key);
  const known = await pushManager.getSubscription();
  // A subscription stays with the key that it was made with, and the server may have another one now.
  if (known && !isSame(known.options.applicationServerKey, applicationServerKey)) await known.unsubscribe();
  const asked = pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The browser's push service did not answer in ${SUBSCRIBE_MS / 1_000} seconds.`)), SUBSCRIBE_MS);
  });
  try {
    return await Promise.race([asked, late]);
  } catch (error) {
    // Should it still be answered, nobody uses it.
    asked.then((subscription) => subscription.unsubscribe()).catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function isSame(one: ArrayBuffer | null, other: Uint8Array): boolean {
  const bytes = new Uint8Array(one ?? new ArrayBuffer(0));
  return bytes.length === other.length && bytes.every((byte, index) => byte === other[index]);
}

function registrationOf(user: string): Registration | undefined {
  try {
    return (JSON.parse(localStorage.getItem(STORE + user) ?? "null") as Registration | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function forgetOthers(user: string): void {
  const users = Object.keys(localStorage).filter((name) => name.startsWith(STORE)).map((name) => name.slice(STORE.length));
  for (const other of users) if (other !== user && registrationOf(other)?.way === "browser") localStorage.removeItem(STORE + other);
}
