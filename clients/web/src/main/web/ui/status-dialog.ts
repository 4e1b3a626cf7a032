import type { StatusChoice, VisibleTo } from "@dunlin/client";
import { html, nothing, type TemplateResult } from "lit";
import type { OwnStatus } from "../model/own-status.js";
import { PlainElement } from "./plain-element.js";
import { shortTimeOf } from "./times.js";

type Choice = NonNullable<StatusChoice["status"]>;

const MODES: readonly (readonly [Choice, string, string])[] = [
  ["auto", "Automatic", "Online while you use a device, else away."],
  ["away", "Away", "Others see you as away."],
  ["dnd", "Do not disturb", "You get no notifications."],
  ["invisible", "Invisible", "Others see you as offline."],
];

const VISIBLE: readonly (readonly [VisibleTo, string])[] = [
  ["contacts", "People I have direct messages with"],
  ["members", "People I share a group with"],
  ["everyone", "Everyone"],
  ["nobody", "Nobody"],
];

/** When a status ends, in milliseconds since 1970. */
const UNTIL: Readonly<Record<string, () => number | undefined>> = {
  never: () => undefined,
  half: () => Date.now() + 30 * 60_000,
  hour: () => Date.now() + 60 * 60_000,
  today: () => new Date().setHours(24, 0, 0, 0),
};

/** The dialog in which one sets one's own status, and who sees it. */
export class StatusDialog extends PlainElement {
  static override readonly properties = {
    status: { attribute: false },
    mode: { state: true },
    problem: { state: true },
    shown: { state: true },
  };
  declare status: OwnStatus;
  declare mode: Choice;
  declare problem: string | undefined;
  /** The form has what is set now; it is made when the dialog opens. */
  declare shown: boolean;

  constructor() {
    super();
    this.mode = "auto";
    this.shown = false;
  }

  async show(): Promise<void> {
    await this.status.load();
    this.problem = undefined;
    this.mode = this.status.choice.status ?? "auto";
    this.shown = true;
    await this.updateComplete;
    this.#dialog.showModal();
  }

  protected override render(): TemplateResult {
    return html`<dialog class="dialog status-dialog" aria-labelledby="status-title" @close=${() => (this.shown = false)}>
      ${this.shown ? this.#form() : nothing}
    </dialog>`;
  }

  #form(): TemplateResult {
    const { text = "", emoji = "", until } = this.status.choice;
    const { visibleTo } = this.status;
    return html`<form @submit=${(event: SubmitEvent) => void this.#submit(event)}>
      <h2 id="status-title">Your status</h2>
      <fieldset class="kinds modes">
        <legend class="hidden">Status</legend>
        ${MODES.map(
          ([mode, name]) => html`<label
            ><input type="radio" name="mode" value=${mode} .checked=${this.mode === mode} @change=${() => (this.mode = mode)} /><span>${name}</span></label
          >`,
        )}
      </fieldset>
      <p class="hint">${MODES.find(([mode]) => mode === this.mode)?.[2]}</p>
      <div class="status-words">
        <label class="field"
          ><span>Emoji</span><input name="emoji" maxlength="32" autocomplete="off" placeholder="📅" .value=${emoji} /></label
        >
        <label class="field"
          ><span>What you are doing</span
          ><input name="text" maxlength="140" autocomplete="off" placeholder="In a meeting" .value=${text} /></label
        >
      </div>
      <label class="field"
        ><span>Until</span
        ><select name="until">
          ${until === undefined ? nothing : html`<option value="keep" selected>${shortTimeOf(until, Date.now())}, as set before</option>`}
          <option value="never">I change it</option>
          <option value="half">In 30 minutes</option>
          <option value="hour">In 1 hour</option>
          <option value="today">The end of today</option>
        </select></label
      >
      ${visibleTo === undefined
        ? nothing
        : html`<label class="field"
            ><span>Who sees it</span
            ><select name="visible">
              ${VISIBLE.map(([value, name]) => html`<option value=${value} ?selected=${value === visibleTo}>${name}</option>`)}
            </select></label
          >`}
      ${this.problem ? html`<p class="field-problem" role="alert">${this.problem}</p>` : nothing}
      <div class="dialog-buttons">
        <button type="button" class="button plain" @click=${() => this.#dialog.close()}>Cancel</button>
        <button class="button">Save</button>
      </div>
    </form>`;
  }

  get #dialog(): HTMLDialogElement {
    return this.querySelector("dialog") as HTMLDialogElement;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const field = (name: string) => String(fields.get(name) ?? "").trim();
    const [text, emoji, chosen] = [field("text"), field("emoji"), field("until")];
    const until = chosen === "keep" ? this.status.choice.until : UNTIL[chosen]?.();
    const isSet = this.mode !== "auto" || text !== "" || emoji !== "";
    const choice: StatusChoice = {
      status: this.mode,
      ...(text && { text }),
      ...(emoji && { emoji }),
      ...(isSet && until !== undefined && { until }),
    };
    try {
      await this.status.save(choice, (fields.get("visible") as VisibleTo | null) ?? undefined);
      this.#dialog.close();
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }
}

customElements.define("dunlin-status-dialog", StatusDialog);

declare global {
  interface HTMLElementTagNameMap {
    "dunlin-status-dialog": StatusDialog;
  }
}
