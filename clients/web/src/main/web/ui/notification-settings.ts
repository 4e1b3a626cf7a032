import { html, nothing, type TemplateResult } from "lit";
import { hasMembers, titleOf } from "../model/channel-name.js";
import type { Chat } from "../model/chat.js";
import type { Conversation } from "../model/conversation.js";
import { Redraw } from "../model/model.js";
import { type ChannelPreferences, isMuted, type Muted, type Notify, type Preferences, type Preview } from "../model/push-preferences.js";
import { icons } from "./icons.js";
import { PlainElement } from "./plain-element.js";
import { shortTimeOf } from "./times.js";

const HOUR_MS = 3_600_000;

const NOTIFY: readonly (readonly [Notify, string])[] = [
  ["all", "All messages"],
  ["mentions", "Mentions and direct messages"],
  ["none", "Nothing"],
];

const PREVIEW: readonly (readonly [Preview, string])[] = [
  ["full", "Sender and text"],
  ["sender", "Sender only"],
  ["id", "Neither"],
];

/** Until when a mute lasts that is chosen now. */
const MUTE: Readonly<Record<string, () => Muted>> = {
  hour: () => Date.now() + HOUR_MS,
  hours: () => Date.now() + 8 * HOUR_MS,
  ever: () => true,
};

type Scope = "everywhere" | "here";

/** Turns notifications on in this browser, and sets what notifies: everywhere, and in the open conversation. */
export class NotificationSettings extends PlainElement {
  static override readonly properties = {
    chat: { attribute: false },
    conversation: { attribute: false },
    problem: { state: true },
    saved: { state: true },
    quiet: { state: true },
  };
  declare chat: Chat;
  declare conversation: Conversation;
  declare problem: string | undefined;
  declare saved: Scope | undefined;
  /** Whether the form has quiet hours; what is stored until somebody switches. */
  declare quiet: boolean | undefined;

  constructor() {
    super();
    new Redraw(this, () => this.chat.notifications);
    new Redraw(this, () => this.chat.preferences);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#try(() => this.chat.preferences.load());
  }

  protected override render(): TemplateResult {
    const { now } = this.chat.preferences;
    return html`<header class="panel-header">
        <h2>Notification settings</h2>
        <button class="icon-button" aria-label="Close" @click=${() => this.dispatchEvent(new CustomEvent("close", { bubbles: true }))}>
          ${icons.close}
        </button>
      </header>
      <div class="settings">
        ${this.#browser()} ${this.problem ? html`<p class="field-problem" role="alert">${this.problem}</p>` : nothing}
        ${now === undefined ? nothing : [this.#here(now), this.#everywhere(now)]}
      </div>`;
  }

  /** Whether they come to this browser, and how. */
  #browser(): TemplateResult {
    const { registration, problem, busy, possible } = this.chat.notifications;
    return html`<section class="setting-card" aria-labelledby="browser-title">
      <h3 id="browser-title">This browser</h3>
      <p aria-live="polite">${wayOf(registration)}</p>
      ${problem ? html`<p class="field-problem" role="alert">${problem}</p>` : nothing}
      ${registration
        ? html`<button class="button plain" ?disabled=${busy} @click=${() => void this.chat.notifications.turnOff()}>Turn off notifications</button>`
        : html`<button class="button" ?disabled=${busy || !possible} @click=${() => void this.chat.notifications.turnOn()}>
            ${busy ? "Turning on…" : "Turn on notifications"}
          </button>`}
    </section>`;
  }

  #here(now: Preferences): TemplateResult {
    const { channel, me } = this.conversation;
    const { push, muted } = now.channels?.[channel] ?? {};
    if (!hasMembers(channel)) return html`<p class="hint">${titleOf(channel, me)} has no members, so it notifies nobody.</p>`;
    return html`<form class="setting-card" aria-labelledby="here-title" @submit=${(event: SubmitEvent) => this.#saveHere(event, now)}>
      <h3 id="here-title">${titleOf(channel, me)}</h3>
      ${select("Notify me of", "push", push ?? "", [["", "As everywhere"], ...NOTIFY])} ${this.#mute(muted)} ${this.#buttons("here")}
    </form>`;
  }

  #everywhere(now: Preferences): TemplateResult {
    const { push, muted, preview = "full", sound, badge = true } = now;
    return html`<form class="setting-card" aria-labelledby="everywhere-title" @submit=${(event: SubmitEvent) => this.#saveEverywhere(event, now)}>
      <h3 id="everywhere-title">Everywhere</h3>
      ${select("Notify me of", "push", push ?? "", [["", "The default of each conversation"], ...NOTIFY])} ${this.#mute(muted)}
      ${select("Show", "preview", preview, PREVIEW)} ${this.#quietHours(now)} ${check("Sound", "sound", sound !== "none")}
      ${check("Number on the app's icon", "badge", badge)} ${this.#buttons("everywhere")}
    </form>`;
  }

  #mute(muted: Muted | undefined): TemplateResult {
    const isOn = isMuted(muted, Date.now());
    const words = muted === true ? "Until I turn it off" : `Until ${shortTimeOf(muted ?? 0, Date.now())}`;
    return select("Mute", "mute", isOn ? "keep" : "", [
      ["", "No"],
      ...(isOn ? [["keep", words] as const] : []),
      ["hour", "For 1 hour"],
      ["hours", "For 8 hours"],
      ...(muted === true ? [] : [["ever", "Until I turn it off"] as const]),
    ]);
  }

  #quietHours({ quietHours }: Preferences): TemplateResult {
    const isOn = this.quiet ?? quietHours !== undefined;
    const { from = "22:00", to = "07:00", then = "digest" } = quietHours ?? {};
    const change = (event: Event) => (this.quiet = (event.target as HTMLInputElement).checked);
    return html`${check("Quiet hours", "quiet", isOn, change)}
    ${isOn
      ? html`<div class="quiet-hours">
            <label class="field"><span>From</span><input type="time" name="from" required .value=${from} /></label>
            <label class="field"><span>To</span><input type="time" name="to" required .value=${to} /></label>
          </div>
          ${select("What comes meanwhile", "then", then, [
            ["digest", "Show when they end"],
            ["drop", "Do not show"],
          ])}`
      : nothing}`;
  }

  #buttons(scope: Scope): TemplateResult {
    return html`<div class="setting-buttons">
      <span role="status">${this.saved === scope ? "Saved" : ""}</span>
      <button class="button">Save</button>
    </div>`;
  }

  #saveHere(event: SubmitEvent, now: Preferences): void {
    event.preventDefault();
    const { channel } = this.conversation;
    const fields = new FormData(event.target as HTMLFormElement);
    const { push: _push, muted: before, ...others } = now.channels?.[channel] ?? {};
    const wanted: ChannelPreferences = { ...others, ...chosen(fields, before) };
    void this.#try(() => this.chat.preferences.saveChannel(channel, wanted), "here");
  }

  #saveEverywhere(event: SubmitEvent, now: Preferences): void {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(fields.get(name) ?? "");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const wanted: Preferences = {
      ...chosen(fields, now.muted),
      ...(fields.has("quiet") && {
        quietHours: { from: text("from"), to: text("to"), zone, then: text("then") === "drop" ? "drop" : "digest" },
      }),
      preview: text("preview") as Preview,
      sound: fields.has("sound") ? (now.sound === "none" ? "default" : (now.sound ?? "default")) : "none",
      badge: fields.has("badge"),
    };
    void this.#try(() => this.chat.preferences.save(wanted), "everywhere");
  }

  async #try(work: () => Promise<void>, scope?: Scope): Promise<void> {
    this.saved = undefined;
    this.problem = undefined;
    try {
      await work();
      this.saved = scope;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }
}

/** The fields that everywhere and one conversation have in common. */
function chosen(fields: FormData, before: Muted | undefined): ChannelPreferences {
  const push = String(fields.get("push"));
  const mute = String(fields.get("mute"));
  const muted = mute === "keep" ? before : MUTE[mute]?.();
  return { ...(push !== "" && { push: push as Notify }), ...(muted !== undefined && { muted }) };
}

function wayOf(registration: { readonly way: "browser" | "local"; readonly why?: string } | undefined): string {
  if (!registration) return "Off. The browser asks for permission when you turn them on.";
  if (registration.way === "browser") return "On, by the push service of this browser. They come while no page is open, too.";
  return `On, by the push service of this gateway, while a page of Dunlin is open. The browser's own cannot be used: ${registration.why ?? "it is not known why."}`;
}

function select(name: string, field: string, value: string, options: readonly (readonly [string, string])[]): TemplateResult {
  return html`<label class="field"
    ><span>${name}</span
    ><select name=${field}>
      ${options.map(([key, words]) => html`<option value=${key} .selected=${key === value}>${words}</option>`)}
    </select></label
  >`;
}

/** A switch that the form saves. */
function check(name: string, field: string, on: boolean, change?: (event: Event) => void): TemplateResult {
  return html`<label class="switch"
    ><input type="checkbox" role="switch" name=${field} .checked=${on} @change=${change ?? nothing} /><span class="track" aria-hidden="true"></span
    ><span>${name}</span></label
  >`;
}

customElements.define("dunlin-notification-settings", NotificationSettings);
