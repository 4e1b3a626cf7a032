import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { Chat } from "../model/chat.js";
import { forgetPlace, rememberedPlace, rememberUser } from "../model/identity.js";
import { titleOf } from "../model/channel-name.js";
import type { Conversation } from "../model/conversation.js";
import { answerServiceWorker } from "../push/service-worker.js";
import { PlainElement } from "./plain-element.js";
import type { SignedIn } from "./sign-in.js";
import "./connection-banner.js";
import "./conversation-view.js";
import "./inspector-panel.js";
import "./notification-settings.js";
import "./people-panel.js";
import "./search-panel.js";
import "./sidebar.js";
import "./sign-in.js";

type Panel = "none" | "people" | "search" | "notifications" | "inspector";

const PANEL_NAMES: Readonly<Record<Panel, string>> = {
  none: "",
  people: "People",
  search: "Search",
  notifications: "Notification settings",
  inspector: "Connection",
};

/** The page: the sign-in, or the channels beside the open conversation and a panel (one of the three on a phone). */
export class AppRoot extends PlainElement {
  static override readonly properties = { chat: { state: true }, pane: { state: true }, panel: { state: true } };
  declare chat: Chat | undefined;
  declare pane: "channels" | "conversation";
  declare panel: Panel;
  #endChanges: () => void = () => undefined;
  #endAnswers: () => void = () => undefined;
  /** Who opened the panel gets the focus back. */
  #opener: Element | null = null;
  readonly #looked = () => this.chat?.looked(document.visibilityState === "visible");
  readonly #keys = (event: KeyboardEvent) => this.#key(event);

  constructor() {
    super();
    this.pane = "conversation";
    this.panel = "none";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#looked);
    document.addEventListener("keydown", this.#keys);
    this.#endAnswers = answerServiceWorker(
      () => (this.chat?.current ? { user: this.chat.me, channel: this.chat.current.channel } : undefined),
      (channel) => this.#openFromNotification(channel),
    );
    const { user, channel } = rememberedPlace();
    if (user !== undefined) this.#begin({ user, channel });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#looked);
    document.removeEventListener("keydown", this.#keys);
    this.#endAnswers();
    this.#end();
  }

  protected override render(): TemplateResult {
    const { chat } = this;
    const conversation = chat?.current;
    if (!chat || !conversation) {
      return html`<dunlin-sign-in
        .channel=${rememberedPlace().channel}
        @signed-in=${(event: CustomEvent<SignedIn>) => this.#begin(event.detail)}
      ></dunlin-sign-in>`;
    }
    return html`<a class="skip" href="#composer-text" @click=${(event: Event) => this.#skip(event)}>Skip to the message box</a>
      <header class="hidden"><h1>Dunlin</h1></header>
      <div
        class="shell"
        data-pane=${this.pane}
        data-panel=${this.panel}
        @inspect=${() => this.#toggle("inspector")}
        @search=${() => this.#toggle("search")}
        @people=${() => this.#toggle("people")}
        @notifications=${() => this.#toggle("notifications")}
      >
        <aside class="sidebar" aria-label="Conversations">
          <dunlin-sidebar .chat=${chat} @opened=${() => (this.pane = "conversation")} @leave=${() => this.#leave()}></dunlin-sidebar>
        </aside>
        <main class="conversation" @back=${() => (this.pane = "channels")}>
          <dunlin-banner .chat=${chat}></dunlin-banner>
          ${keyed(
            conversation,
            html`<dunlin-conversation .chat=${chat} .conversation=${conversation} .panel=${this.panel}></dunlin-conversation>`,
          )}
        </main>
        ${this.panel === "none"
          ? nothing
          : html`<aside
              class="panel"
              aria-label=${PANEL_NAMES[this.panel]}
              @close=${() => this.#closePanel()}
              @keydown=${(event: KeyboardEvent) => event.key === "Escape" && this.#closePanel()}
            >
              ${this.#panel(chat, conversation)}
            </aside>`}
      </div>`;
  }

  #panel(chat: Chat, conversation: Conversation): unknown {
    if (this.panel === "search") return keyed(conversation, html`<dunlin-search .conversation=${conversation}></dunlin-search>`);
    if (this.panel === "notifications") {
      return keyed(conversation, html`<dunlin-notification-settings .chat=${chat} .conversation=${conversation}></dunlin-notification-settings>`);
    }
    if (this.panel === "inspector") return html`<dunlin-inspector .chat=${chat}></dunlin-inspector>`;
    return keyed(conversation, html`<dunlin-people .chat=${chat} .conversation=${conversation}></dunlin-people>`);
  }

  #begin({ user, channel }: SignedIn): void {
    this.#end();
    rememberUser(user);
    const chat = new Chat(user);
    this.chat = chat;
    this.#endChanges = chat.onChange(() => this.#changed(chat));
    chat.start(channel);
    if (location.hash === "#connection") this.panel = "inspector";
  }

  #openFromNotification(channel: string): void {
    this.pane = "conversation";
    this.chat?.open(channel);
  }

  #changed(chat: Chat): void {
    const place = chat.current ? `${titleOf(chat.current.channel, chat.me)} · Dunlin` : "Dunlin";
    document.title = chat.unread > 0 ? `(${chat.unread}) ${place}` : place;
    this.requestUpdate();
  }

  /** Ctrl+K finds a conversation, Ctrl+Shift+F searches this one, Alt+Arrow goes through the list. */
  #key(event: KeyboardEvent): void {
    const { chat } = this;
    if (!chat) return;
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "k") {
      this.pane = "channels";
      void this.updateComplete.then(() => this.querySelector("dunlin-sidebar")?.find());
    } else if (control && event.shiftKey && event.key.toLowerCase() === "f") {
      this.#toggle("search");
    } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      chat.step(event.key === "ArrowDown" ? 1 : -1);
    } else {
      return;
    }
    event.preventDefault();
  }

  #toggle(panel: Panel): void {
    if (this.panel === panel) {
      this.#closePanel();
      return;
    }
    this.#opener = document.activeElement;
    this.panel = panel;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(".panel .icon-button")?.focus());
  }

  #closePanel(): void {
    this.panel = "none";
    const opener = this.#opener;
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    else this.querySelector<HTMLElement>("#composer-text")?.focus();
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.pane = "conversation";
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("#composer-text")?.focus());
  }

  #leave(): void {
    // The next person at this browser must not see the messages of this one.
    void this.chat?.notifications.turnOff();
    this.#end();
    forgetPlace();
    this.panel = "none";
    document.title = "Dunlin";
  }

  #end(): void {
    this.#endChanges();
    this.chat?.stop();
    this.chat = undefined;
  }
}

customElements.define("dunlin-app", AppRoot);
