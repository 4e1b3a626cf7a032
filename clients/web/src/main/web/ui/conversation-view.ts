import { html, nothing, type TemplateResult } from "lit";
import { kindOf, peerOf, titleOf } from "../model/channel-name.js";
import type { Chat } from "../model/chat.js";
import type { Conversation } from "../model/conversation.js";
import { Redraw } from "../model/model.js";
import { markOf, wordsOf } from "../model/status.js";
import { avatar, hueOf } from "./avatar.js";
import { icons } from "./icons.js";
import { PlainElement } from "./plain-element.js";
import "./composer.js";
import "./message-list.js";

/** One channel: who it is, its messages, who is typing, and where one writes. */
export class ConversationView extends PlainElement {
  static override readonly properties = { chat: { attribute: false }, conversation: { attribute: false }, panel: {} };
  declare chat: Chat;
  declare conversation: Conversation;
  /** What is open beside it. */
  declare panel: string;

  constructor() {
    super();
    new Redraw(this, () => this.conversation);
    new Redraw(this, () => this.chat);
  }

  protected override render(): TemplateResult {
    const { channel, me, problem } = this.conversation;
    const title = titleOf(channel, me);
    return html`<header class="conversation-header">
        <button class="icon-button back" aria-label="Back to the channels" @click=${() => this.#tell("back")}>
          ${icons.back}
        </button>
        ${this.#picture()}
        <div class="conversation-title">
          <h2>${title}</h2>
          <p>${this.#subtitle()}</p>
        </div>
        ${this.#toggle("people", icons.group, "People")} ${this.#toggle("search", icons.search, "Search")}
        ${this.#toggle("notifications", icons.bell, "Notification settings")} ${this.#toggle("inspector", icons.pulse, "Connection")}
      </header>
      ${problem
        ? html`<div class="problem" role="alert">
            <h3>This channel cannot be opened</h3>
            <p>${problem.message}</p>
          </div>`
        : html`<dunlin-messages .chat=${this.chat} .conversation=${this.conversation}></dunlin-messages>
            <p class="typing" aria-live="polite">${this.#typing()}</p>
            <dunlin-composer .conversation=${this.conversation} .name=${title}></dunlin-composer>`}`;
  }

  #toggle(panel: "people" | "search" | "notifications" | "inspector", icon: unknown, name: string): TemplateResult {
    return html`<button
      class="icon-button"
      aria-label=${name}
      title=${name}
      aria-expanded=${this.panel === panel}
      @click=${() => this.#tell(panel === "inspector" ? "inspect" : panel)}
    >
      ${icon}
    </button>`;
  }

  #picture(): TemplateResult {
    const { channel, me } = this.conversation;
    const peer = peerOf(channel, me);
    const kind = kindOf(channel);
    return peer
      ? avatar(peer, markOf(this.chat.presenceOf(peer)))
      : html`<span class="channel-icon hue-${hueOf(channel)}">${icons[kind === "dm" ? "other" : kind]}</span>`;
  }

  #subtitle(): string {
    const { channel, me, members, people } = this.conversation;
    const peer = peerOf(channel, me);
    if (peer) return this.#peerWords(peer);
    const here = people?.here.length || people?.occupancy?.users;
    if (here) return `${here} here now`;
    if (members.length === 0) return kindOf(channel) === "room" ? "open to everybody" : channel;
    const online = members.filter((user) => this.chat.statusOf(user) === "online");
    const who = online.length > 3 ? `${online.length + 1} online` : `${online.join(", ")} online`;
    return `${members.length + 1} members${online.length > 0 ? ` · ${who}` : ""}`;
  }

  #peerWords(peer: string): string {
    const presence = this.chat.presenceOf(peer);
    const words = wordsOf(markOf(presence), presence);
    return words === "" ? "direct messages" : words.charAt(0).toLowerCase() + words.slice(1);
  }

  #typing(): TemplateResult | typeof nothing {
    const users = this.conversation.typing.users;
    if (users.length === 0) return nothing;
    const who = users.length > 2 ? `${users.length} people are` : `${users.join(" and ")} ${users.length > 1 ? "are" : "is"}`;
    return html`<span class="typing-dots" aria-hidden="true"><i></i><i></i><i></i></span>${who} typing`;
  }

  #tell(what: "back" | "people" | "search" | "notifications" | "inspect"): void {
    this.dispatchEvent(new CustomEvent(what, { bubbles: true }));
  }
}

customElements.define("dunlin-conversation", ConversationView);
