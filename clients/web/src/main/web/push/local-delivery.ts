import { decode } from "./base64url.js";
import { decrypt } from "./decryption.js";
import { type LocalSubscription, pathOf, STORE, subscriptions } from "./local-subscriptions.js";
import { payloadOf } from "./payload.js";
import { deliver } from "./service-worker.js";

/** Before a stream that the server refused is opened again. */
const RETRY_MS = 5_000;

/**
 * Does what a browser does for its own push service: receives the messages of all local subscriptions of this browser,
 * decrypts them, and hands them to the service worker. Of several tabs, one listens to a subscription; when it closes,
 * another takes over.
 */
export class LocalDelivery {
  readonly #listening = new Map<string, AbortController>();

  /** Listens until the page is closed. */
  start(): void {
    addEventListener("storage", ({ key }) => {
      if (key === STORE || key === null) this.#sync();
    });
    this.#sync();
  }

  #sync(): void {
    const wanted = new Map([...subscriptions().values()].map((one) => [one.id, one]));
    for (const [id, end] of this.#listening) {
      if (wanted.has(id)) continue;
      end.abort();
      this.#listening.delete(id);
    }
    for (const [id, subscription] of wanted) {
      if (this.#listening.has(id)) continue;
      const end = new AbortController();
      this.#listening.set(id, end);
      // Rejects when it is aborted.
      navigator.locks.request(STORE + id, { signal: end.signal }, () => listen(subscription, end.signal)).catch(() => undefined);
    }
  }
}

function listen(subscription: LocalSubscription, signal: AbortSignal): Promise<void> {
  let source: EventSource;
  let retry: ReturnType<typeof setTimeout>;
  const connect = () => {
    source = new EventSource(`${pathOf(subscription)}/events`);
    source.addEventListener("push", ({ data }: MessageEvent<string>) => void receive(data, subscription));
    // After other errors it connects again without help.
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) retry = setTimeout(connect, RETRY_MS);
    });
  };
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      clearTimeout(retry);
      source.close();
      resolve();
    });
    connect();
  });
}

async function receive(body: string, { keys }: LocalSubscription): Promise<void> {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(await decrypt(decode(body), keys)));
    const payload = payloadOf(json);
    if (payload) await deliver(payload);
  } catch (error) {
    console.warn("a push that cannot be read", error);
  }
}
