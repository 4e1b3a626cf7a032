import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Redraw } from "../model/model.js";
import type { PushLog, SentPush } from "../model/push-log.js";
import { PlainElement } from "./plain-element.js";
import { exactClockOf } from "./times.js";

const KINDS = { webpush: "Web Push", webhook: "Webhook" } as const;

/** Shows each Web Push and webhook as it leaves push-service, and registers a webhook to watch. */
export class SentPushes extends PlainElement {
  static override readonly properties = { log: { attribute: false } };
  declare log: PushLog;

  constructor() {
    super();
    new Redraw(this, () => this.log);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.log.look(true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.log.look(false);
  }

  protected override render(): TemplateResult {
    const { sent, webhook, problem } = this.log;
    return html`<p class="hint">
        What push-service sends to the endpoints of this gateway, for all users. A Web Push is encrypted for its browser; a webhook is not.
      </p>
      <p class="pushes-bar">
        ${webhook === undefined
          ? html`<button class="button" @click=${() => void this.log.register()}>Register a webhook</button>`
          : html`<span>Your webhook is registered.</span>
              <button class="text-button" @click=${() => void this.log.remove()}>Remove the webhook</button>`}
      </p>
      ${problem ? html`<p class="field-problem" role="alert">${problem}</p>` : nothing}
      <h3>Sent</h3>
      ${sent.length === 0 ? html`<p class="hint">Nothing yet. Send a message to somebody who is away and has notifications.</p>` : nothing}
      <ol class="frames" aria-label="Notifications, newest first">
        ${repeat(
          [...sent].reverse(),
          ({ key }) => key,
          (one) => html`<li>${drawn(one)}</li>`,
        )}
      </ol>`;
  }
}

function drawn(sent: SentPush): TemplateResult {
  const { at, kind, to, status, bytes, signed, json } = sent;
  const isGood = status < 300;
  return html`<details class="frame push ${isGood ? "" : "refused"}">
    <summary>
      <time>${exactClockOf(at)}</time>
      <strong>${KINDS[kind]}</strong>
      <span class="frame-channel">${wordsOf(json) ?? `to ${to}…`}</span>
      ${isGood ? nothing : html`<span class="push-status">${status}</span>`}
      <span class="frame-size">${bytes} B</span>
    </summary>
    <dl class="push-facts">
      ${fact("Answer", String(status))} ${fact("Signature", signed === undefined ? "not checked" : signed ? "valid" : "invalid")}
      ${fact("Urgency", sent.urgency)} ${fact("Topic", sent.topic)} ${fact("TTL", sent.ttl === undefined ? undefined : `${sent.ttl} s`)}
      ${fact("Endpoint", `${to}…`)}
    </dl>
    ${json === undefined ? nothing : html`<pre>${JSON.stringify(json, null, 2)}</pre>`}
  </details>`;
}

function fact(name: string, value: string | undefined): TemplateResult | typeof nothing {
  return value === undefined ? nothing : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** Of a webhook: its type, for whom, and where. */
function wordsOf(json: unknown): string | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const { type = "", user = "", channel = "" } = json as { type?: string; user?: string; channel?: string };
  return [type, user && `for ${user}`, channel && `in ${channel}`].filter((word) => word !== "").join(" ");
}

customElements.define("dunlin-sent-pushes", SentPushes);
