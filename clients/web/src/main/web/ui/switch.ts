import { html, type TemplateResult } from "lit";

/** On or off, at once. */
export function toggleSwitch(name: string, on: boolean, change: (on: boolean) => void): TemplateResult {
  return html`<label class="switch">
    <input
      type="checkbox"
      role="switch"
      .checked=${on}
      @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
    /><span class="track" aria-hidden="true"></span><span>${name}</span>
  </label>`;
}
