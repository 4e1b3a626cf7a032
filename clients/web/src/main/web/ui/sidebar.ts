import { html, nothing, type TemplateResult } from "lit";
import { type ChannelKind, kindOf, peerOf, titleOf } from "../model/channel-name.js";
import type { Chat, ListedChannel } from "../model/chat.js";
import { Redraw } from "../model/model.js";
import { avatar } from "./avatar.js";
import { icons } from "./icons.js";
import { mark } from "./mark.js";
import { PlainElement } from "./plain-element.js";
import "./new-channel.js";

const SECTIONS: readonly (readonly [ChannelKind, string])[] = [
  ["room", "Rooms"],
  ["group", "Groups"],
  ["dm", "Direct messages"],
  ["other", "Other channels"],
];

/** The channels, and who one is. */
export class Sidebar extends PlainElement {
  static override readonly properties = { chat: { attribute: false } };
  declare chat: Chat;

  constructor() {
    super();
    new Redraw(this, () => this.chat);
  }

  protected override render(): TemplateResult {
    const { me } = this.chat;
    return html`<header class="sidebar-header">
        ${mark}
        <h1>Dunlin</h1>
        <button class="icon-button" aria-label="New conversation" title="New conversation" @click=${() => this.#new()}>
          ${icons.plus}
        </button>
      </header>
      <nav class="channels" aria-label="Channels">${SECTIONS.map(([kind, name]) => this.#section(kind, name))}</nav>
      <footer class="me">
        ${avatar(me, this.chat.connection.status === "online" ? "online" : "offline")}
        <span class="me-name"><span class="hidden">Signed in as </span>${me}</span>
        <button class="icon-button" aria-label="Leave" title="Leave" @click=${() => this.#leave()}>${icons.leave}</button>
      </footer>
      <dunlin-new-channel .chat=${this.chat}></dunlin-new-channel>`;
  }

  #section(kind: ChannelKind, name: string): TemplateResult | typeof nothing {
    const channels = this.chat.channels.filter(({ channel }) => kindOf(channel) === kind);
    if (channels.length === 0) return nothing;
    return html`<h2 class="section">${name}</h2>
      <ul>
        ${channels.map((listed) => html`<li>${this.#channel(listed)}</li>`)}
      </ul>`;
  }

  #channel({ channel, unread }: ListedChannel): TemplateResult {
    const current = this.chat.current?.channel === channel;
    const peer = peerOf(channel, this.chat.me);
    const kind = kindOf(channel);
    return html`<button
      class="channel ${unread > 0 ? "unread" : ""}"
      aria-current=${current ? "page" : nothing}
      @click=${() => this.#open(channel)}
    >
      ${peer
        ? avatar(peer, this.chat.statusOf(peer))
        : html`<span class="channel-icon">${icons[kind === "dm" ? "other" : kind]}</span>`}
      <span class="channel-name">${titleOf(channel, this.chat.me)}</span>
      ${unread > 0
        ? html`<span class="badge">${unread > 99 ? "99+" : unread}<span class="hidden"> unread</span></span>`
        : nothing}
    </button>`;
  }

  #open(channel: string): void {
    this.chat.open(channel);
    this.dispatchEvent(new CustomEvent("opened", { bubbles: true }));
  }

  #new(): void {
    this.querySelector("dunlin-new-channel")?.show();
  }

  #leave(): void {
    this.dispatchEvent(new CustomEvent("leave", { bubbles: true }));
  }
}

customElements.define("dunlin-sidebar", Sidebar);
