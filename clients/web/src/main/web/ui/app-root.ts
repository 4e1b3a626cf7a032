import { html, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { Chat } from "../model/chat.js";
import { forgetPlace, rememberedPlace, rememberUser } from "../model/identity.js";
import { titleOf } from "../model/channel-name.js";
import { PlainElement } from "./plain-element.js";
import type { SignedIn } from "./sign-in.js";
import "./connection-banner.js";
import "./conversation-view.js";
import "./sidebar.js";
import "./sign-in.js";

/** The page: the sign-in, or the channels beside the open conversation (one of the two on a phone). */
export class AppRoot extends PlainElement {
  static override readonly properties = { chat: { state: true }, pane: { state: true } };
  declare chat: Chat | undefined;
  declare pane: "channels" | "conversation";
  #endChanges: () => void = () => undefined;
  readonly #looked = () => document.visibilityState === "visible" && this.chat?.looked();

  constructor() {
    super();
    this.pane = "conversation";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#looked);
    const { user, channel } = rememberedPlace();
    if (user !== undefined) this.#begin({ user, channel });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#looked);
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
      <div class="shell" data-pane=${this.pane}>
        <aside class="sidebar">
          <dunlin-sidebar .chat=${chat} @opened=${() => (this.pane = "conversation")} @leave=${() => this.#leave()}></dunlin-sidebar>
        </aside>
        <main class="conversation" @back=${() => (this.pane = "channels")}>
          <dunlin-banner .chat=${chat}></dunlin-banner>
          ${keyed(
            conversation,
            html`<dunlin-conversation .chat=${chat} .conversation=${conversation}></dunlin-conversation>`,
          )}
        </main>
      </div>`;
  }

  #begin({ user, channel }: SignedIn): void {
    this.#end();
    rememberUser(user);
    const chat = new Chat(user);
    this.chat = chat;
    this.#endChanges = chat.onChange(() => this.#changed(chat));
    chat.start(channel);
  }

  #changed(chat: Chat): void {
    const place = chat.current ? `${titleOf(chat.current.channel, chat.me)} · Dunlin` : "Dunlin";
    document.title = chat.unread > 0 ? `(${chat.unread}) ${place}` : place;
    this.requestUpdate();
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.querySelector<HTMLElement>("#composer-text")?.focus();
  }

  #leave(): void {
    this.#end();
    forgetPlace();
    document.title = "Dunlin";
  }

  #end(): void {
    this.#endChanges();
    this.chat?.stop();
    this.chat = undefined;
  }
}

customElements.define("dunlin-app", AppRoot);
