import { html, nothing, type TemplateResult } from "lit";
import { isChannel, isName } from "../model/channel-name.js";
import { mark } from "./mark.js";
import { PlainElement } from "./plain-element.js";

export interface SignedIn {
  readonly user: string;
  readonly channel: string;
}

/** Asks for a name and a channel. The local stack accepts every name; production has a login here. */
export class SignIn extends PlainElement {
  static override readonly properties = { channel: {}, problem: { state: true } };
  declare channel: string;
  declare problem: string | undefined;

  protected override firstUpdated(): void {
    this.querySelector<HTMLInputElement>("input")?.focus();
  }

  protected override render(): TemplateResult {
    return html`<main class="sign-in">
      <form class="card" @submit=${(event: SubmitEvent) => this.#submit(event)}>
        ${mark}
        <h1>Dunlin</h1>
        <p class="lead">Pick a name and start talking. Open a second tab to sign in as another user.</p>
        <label class="field">
          <span>Your name</span>
          <input
            name="user"
            required
            maxlength="60"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            placeholder="alice"
          />
        </label>
        <label class="field">
          <span>Channel</span>
          <input
            name="channel"
            required
            maxlength="128"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            .value=${this.channel}
          />
        </label>
        ${this.problem ? html`<p class="field-problem" role="alert">${this.problem}</p>` : nothing}
        <button class="button wide">Start chatting</button>
      </form>
    </main>`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const user = String(fields.get("user")).trim();
    const channel = String(fields.get("channel")).trim();
    if (!isName(user)) {
      this.problem = "A name may have up to 60 letters, digits and . _ @ -";
    } else if (!isChannel(channel)) {
      this.problem = "A channel looks like room:lobby, group:eng or dm:alice:bob.";
    } else {
      this.dispatchEvent(new CustomEvent<SignedIn>("signed-in", { detail: { user, channel }, bubbles: true }));
    }
  }
}

customElements.define("dunlin-sign-in", SignIn);
