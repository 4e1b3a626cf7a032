import type { PushPayload } from "./payload.js";

/** From a page to the service worker. */
export interface PushMessage {
  readonly type: "push";
  readonly payload: PushPayload;
}

/** From the service worker to a page, with a port for the {@link Shown}. */
export interface WhatIsShown {
  readonly type: "shown?";
}

/** The conversation that a page shows. */
export interface Shown {
  readonly user: string;
  readonly channel: string;
}

/** From the service worker to a page of the user: somebody clicked a notification. */
export interface OpenChannel extends Shown {
  readonly type: "open";
}
