import { html, nothing, type TemplateResult } from "lit";
import { directChannel, isName } from "../model/channel-name.js";
import type { Chat } from "../model/chat.js";
import { PlainElement } from "./plain-element.js";

type Kind = "room" | "group" | "dm";

const KINDS: readonly (readonly [Kind, string, string])[] = [
  ["room", "Room", "Open to everyone who knows its name."],
  ["group", "Group", "Visible to its members only."],
  ["dm", "Direct", "Between you and one other person."],
];

/** The dialog that opens a room or a direct conversation, or creates a group. */
export class NewChannel extends PlainElement {
  static override readonly properties = {
    chat: { attribute: false },
    kind: { state: true },
    problem: { state: true },
  };
  declare chat: Chat;
  declare kind: Kind;
  declare problem: string | undefined;

  constructor() {
    super();
    this.kind = "room";
  }

  show(): void {
    this.problem = undefined;
    this.#dialog.showModal();
  }

  protected override render(): TemplateResult {
    return html`<dialog class="dialog" aria-labelledby="new-channel-title">
      <form @submit=${(event: SubmitEvent) => this.#submit(event)}>
        <h2 id="new-channel-title">New conversation</h2>
        <fieldset class="kinds">
          <legend class="hidden">Kind</legend>
          ${KINDS.map(
            ([kind, name]) => html`<label
              ><input type="radio" name="kind" value=${kind} .checked=${this.kind === kind} @change=${() => (this.kind = kind)} /><span
                >${name}</span
              ></label
            >`,
          )}
        </fieldset>
        <p class="hint">${KINDS.find(([kind]) => kind === this.kind)?.[2]}</p>
        <label class="field">
          <span>${this.kind === "dm" ? "Who with" : "Name"}</span>
          <input
            name="name"
            required
            maxlength="60"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            placeholder=${this.kind === "dm" ? "bob" : "birds"}
          />
        </label>
        ${this.kind === "group"
          ? html`<label class="field">
              <span>Members, separated by commas</span>
              <input name="members" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="bob, carol" />
            </label>`
          : nothing}
        ${this.problem ? html`<p class="field-problem" role="alert">${this.problem}</p>` : nothing}
        <div class="dialog-buttons">
          <button type="button" class="button plain" @click=${() => this.#dialog.close()}>Cancel</button>
          <button class="button">${this.kind === "group" ? "Create" : "Open"}</button>
        </div>
      </form>
    </dialog>`;
  }

  get #dialog(): HTMLDialogElement {
    return this.querySelector("dialog") as HTMLDialogElement;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const fields = new FormData(form);
    const name = String(fields.get("name")).trim();
    const members = String(fields.get("members") ?? "")
      .split(/[\s,]+/)
      .filter((member) => member !== "");
    const wrong = [name, ...members].find((word) => !isName(word));
    if (wrong !== undefined) {
      this.problem = `“${wrong}”: letters, digits and . _ @ - only, 60 at most.`;
      return;
    }
    try {
      await this.#make(name, members);
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      return;
    }
    this.problem = undefined;
    form.reset();
    this.#dialog.close();
    this.dispatchEvent(new CustomEvent("opened", { bubbles: true }));
  }

  async #make(name: string, members: readonly string[]): Promise<void> {
    if (this.kind === "group") await this.chat.createGroup(`group:${name}`, members);
    else if (this.kind === "dm") this.chat.open(directChannel(this.chat.me, name));
    else this.chat.open(`room:${name}`);
  }
}

customElements.define("dunlin-new-channel", NewChannel);

declare global {
  interface HTMLElementTagNameMap {
    "dunlin-new-channel": NewChannel;
  }
}
