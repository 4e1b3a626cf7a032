import type { ConnectionState } from "@dunlin/client";
import { html, nothing, type TemplateResult } from "lit";
import type { Chat } from "../model/chat.js";
import { NAMES } from "../model/inspector.js";
import { Redraw } from "../model/model.js";
import { icons } from "./icons.js";
import { PlainElement } from "./plain-element.js";

/** Shows the connection while it is not up, and the last error that belongs to no request. */
export class ConnectionBanner extends PlainElement {
  static override readonly properties = { chat: { attribute: false } };
  declare chat: Chat;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    new Redraw(this, () => this.chat);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override updated(): void {
    clearInterval(this.#timer);
    if (this.chat.connection.status === "waiting") this.#timer = setInterval(() => this.requestUpdate(), 1_000);
  }

  protected override render(): TemplateResult {
    return html`<div role="status" aria-label="Connection">${this.#link(this.chat.connection)}</div>
      ${this.chat.notice
        ? html`<div class="banner notice" role="alert">
            ${icons.alert}<span>${this.chat.notice}</span>
            <button class="icon-button" aria-label="Dismiss" @click=${() => this.chat.say(undefined)}>${icons.close}</button>
          </div>`
        : nothing}`;
  }

  #link(state: ConnectionState): TemplateResult | typeof nothing {
    switch (state.status) {
      case "idle":
      case "online":
        return nothing;
      case "connecting":
        return html`<div class="banner">
          <span class="spinner"></span>${state.attempt > 1 ? "Reconnecting" : "Connecting"} by ${NAMES[state.transport]}…
        </div>`;
      case "waiting":
        return html`<div class="banner" title=${state.reason}>
          <span class="spinner"></span>
          <span>Reconnecting by ${NAMES[state.transport]}${inSeconds(state.retryAt)}. Messages wait until then.</span>
          <button class="text-button" @click=${() => this.chat.reconnect()}>Try now</button>
        </div>`;
      case "stopped":
        return html`<div class="banner notice">
          ${icons.alert}<span>Disconnected: ${state.reason || "the server ended the session"} (${state.code}).</span>
          <button class="text-button" @click=${() => this.chat.reconnect()}>Reconnect</button>
        </div>`;
    }
  }
}

function inSeconds(retryAt: number): string {
  const seconds = Math.round((retryAt - Date.now()) / 1000);
  return seconds > 0 ? ` in ${seconds} s` : "…";
}

customElements.define("dunlin-banner", ConnectionBanner);
