import { html, nothing, type TemplateResult } from "lit";
import { kindOf, peerOf, titleOf } from "../model/channel-name.js";
import type { ListedChannel } from "../model/channel-list.js";
import type { Chat } from "../model/chat.js";
import { SHORT_NAMES } from "../model/inspector.js";
import { Redraw } from "../model/model.js";
import { markOf, ownWordsOf, wordsOf } from "../model/status.js";
import { avatar, hueOf } from "./avatar.js";
import { icons } from "./icons.js";
import { mark } from "./mark.js";
import { PlainElement } from "./plain-element.js";
import { shortTimeOf } from "./times.js";
import "./new-channel.js";
import "./status-dialog.js";

/** The channels, the newest first, and who one is. */
export class Sidebar extends PlainElement {
  static override readonly properties = { chat: { attribute: false }, filter: { state: true } };
  declare chat: Chat;
  declare filter: string;

  constructor() {
    super();
    this.filter = "";
    new Redraw(this, () => this.chat);
    new Redraw(this, () => this.chat.inspector);
  }

  /** Puts the cursor where one looks for a conversation. */
  find(): void {
    this.querySelector<HTMLInputElement>(".find input")?.focus();
  }

  protected override render(): TemplateResult {
    const { me } = this.chat;
    const channels = this.#found;
    return html`<header class="sidebar-header">
        ${mark}
        <p class="brand">Dunlin</p>
        <a class="icon-button" href="/ticker" target="_blank" aria-label="Live ticker" title="Live ticker">${icons.chart}</a>
        <button class="icon-button" aria-label="New conversation" title="New conversation" @click=${() => this.#new()}>
          ${icons.plus}
        </button>
      </header>
      <label class="find">
        ${icons.search}<span class="hidden">Find a conversation</span>
        <input
          type="search"
          placeholder="Find a conversation"
          aria-keyshortcuts="Control+K"
          autocomplete="off"
          spellcheck="false"
          .value=${this.filter}
          @input=${(event: Event) => (this.filter = (event.target as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => this.#findKey(event)}
        />
      </label>
      <nav class="channels" aria-label="Channels" @keydown=${(event: KeyboardEvent) => this.#key(event)}>
        <ul>
          ${channels.map((listed) => html`<li>${this.#channel(listed)}</li>`)}
        </ul>
        ${channels.length === 0 ? html`<p class="none">No match</p>` : nothing}
      </nav>
      <footer class="me">
        <button class="me-status" title="Set your status" @click=${() => void this.#status()}>
          ${avatar(me, this.chat.ownMark)}<span class="hidden">Set your status. Now: ${this.#now()}</span>
        </button>
        <span class="me-text">
          <span class="me-name"><span class="hidden">Signed in as </span>${me}</span>
          ${this.#words()}
          ${this.#link()}
        </span>
        <button class="icon-button" aria-label="Leave" title="Leave" @click=${() => this.#tell("leave")}>${icons.leave}</button>
      </footer>
      <dunlin-new-channel .chat=${this.chat}></dunlin-new-channel>
      <dunlin-status-dialog .status=${this.chat.ownStatus}></dunlin-status-dialog>`;
  }

  get #found(): readonly ListedChannel[] {
    const words = this.filter.trim().toLowerCase();
    if (words === "") return this.chat.channels;
    return this.chat.channels.filter(({ channel }) => titleOf(channel, this.chat.me).toLowerCase().includes(words));
  }

  #channel({ channel, unread, mentions, newest }: ListedChannel): TemplateResult {
    const { me, current } = this.chat;
    const title = titleOf(channel, me);
    const peer = peerOf(channel, me);
    const kind = kindOf(channel);
    const from = newest && !peer ? `${newest.from === me ? "You" : newest.from}: ` : "";
    return html`<button
      class="channel ${unread > 0 ? "unread" : ""}"
      aria-current=${current?.channel === channel ? "page" : nothing}
      @click=${() => this.#open(channel)}
    >
      ${peer
        ? avatar(peer, markOf(this.chat.presenceOf(peer)))
        : html`<span class="channel-icon hue-${hueOf(channel)}">${icons[kind === "dm" ? "other" : kind]}</span>`}
      <span class="channel-text">
        <span class="channel-name">${title}</span>
        <span class="channel-newest">${newest ? `${from}${newest.deleted ? "deleted" : newest.text}` : "No messages yet"}</span>
      </span>
      <span class="channel-side">
        ${newest ? html`<time>${shortTimeOf(newest.ts, Date.now())}</time>` : nothing}
        <span class="badges">
          ${mentions > 0 ? html`<span class="badge at" title="Mentions you"><span aria-hidden="true">@</span><span class="hidden">, ${mentions} of them for you, </span></span>` : nothing}
          ${unread > 0
            ? html`<span class="badge">${unread > 99 ? "99+" : unread}<span class="hidden"> unread</span></span>`
            : nothing}
        </span>
      </span>
    </button>`;
  }

  /** How the link is, in a few words; opens the inspector. */
  #link(): TemplateResult {
    const { connection, inspector } = this.chat;
    const latency = inspector.latencies.at(-1);
    const text =
      connection.status === "online"
        ? `${SHORT_NAMES[connection.transport]}${latency === undefined ? "" : ` · ${Math.round(latency)} ms`}`
        : connection.status === "stopped"
          ? "Disconnected"
          : "Connecting…";
    const lower = connection.status === "online" && connection.transport !== "websocket";
    return html`<button
      class="link ${connection.status} ${lower ? "lower" : ""}"
      title="Inspect the connection"
      @click=${() => this.#tell("inspect")}
    >
      ${text}<span class="hidden">. Inspect the connection</span>
    </button>`;
  }

  #key(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || event.altKey) return;
    event.preventDefault();
    const buttons = [...this.querySelectorAll<HTMLElement>(".channel")];
    buttons[buttons.indexOf(document.activeElement as HTMLElement) + by]?.focus();
  }

  #findKey(event: KeyboardEvent): void {
    const first = this.#found[0];
    if (event.key === "Enter" && first) this.#open(first.channel);
    if (event.key === "Escape") this.filter = "";
    if (event.key === "ArrowDown") {
      event.preventDefault();
      this.querySelector<HTMLElement>(".channel")?.focus();
    }
  }

  #open(channel: string): void {
    this.filter = "";
    this.chat.open(channel);
    this.#tell("opened");
  }

  #now(): string {
    const { ownStatus, ownMark, connection } = this.chat;
    return connection.status === "online" && ownStatus.choice.status === "invisible" ? "Invisible" : wordsOf(ownMark, undefined);
  }

  #words(): TemplateResult | typeof nothing {
    const words = ownWordsOf(this.chat.ownStatus.choice);
    return words === "" ? nothing : html`<span class="me-words">${words}</span>`;
  }

  async #status(): Promise<void> {
    await this.querySelector("dunlin-status-dialog")?.show();
  }

  #new(): void {
    this.querySelector("dunlin-new-channel")?.show();
  }

  #tell(what: "opened" | "leave" | "inspect"): void {
    this.dispatchEvent(new CustomEvent(what, { bubbles: true }));
  }
}

customElements.define("dunlin-sidebar", Sidebar);

declare global {
  interface HTMLElementTagNameMap {
    "dunlin-sidebar": Sidebar;
  }
}
