import { html, nothing, type TemplateResult } from "lit";
import { Redraw } from "../model/model.js";
import type { Series } from "../model/series.js";
import { Ticker } from "../model/ticker.js";
import { icons } from "./icons.js";
import { mark } from "./mark.js";
import { PlainElement } from "./plain-element.js";
import { priceText } from "./price-chart.js";

const RATES = [0, 1, 10, 100, 1_000] as const;
const USUAL_RATE = 100;
/** How often the numbers change; nobody reads faster. */
const NUMBERS_MS = 250;

/** The ticker page: a large chart, small ones beside it, and how many updates were missed. */
export class TickerRoot extends PlainElement {
  static override readonly properties = { chosen: { state: true } };
  declare chosen: Series;
  readonly #ticker = new Ticker();
  readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
  #drawing = 0;
  #numbersAt = 0;

  constructor() {
    super();
    this.chosen = this.#ticker.series[0] as Series;
    new Redraw(this, () => this.#ticker);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const rate = Number(new URLSearchParams(location.search).get("rate") ?? USUAL_RATE);
    void this.#ticker.start().then(() => this.#ticker.feed(RATES.find((one) => one === rate) ?? USUAL_RATE));
    this.#drawing = requestAnimationFrame(() => this.#draw());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#drawing);
    this.#ticker.stop();
  }

  protected override render(): TemplateResult {
    const ticker = this.#ticker;
    return html`<header class="ticker-header">
        ${mark}
        <h1>Live ticker</h1>
        <a class="button plain" href="/">${icons.back}<span>Chat</span></a>
      </header>
      <main class="ticker">
        <section class="ticker-main" aria-label="Chart">
          ${this.#head()}
          <dunlin-chart class="large" .series=${this.chosen}></dunlin-chart>
        </section>
        <section class="quotes" aria-label="Prices">
          ${ticker.series.map((series) => this.#quote(series))}
        </section>
        <section class="ticker-foot" aria-label="Stream">
          ${ticker.hasFeed ? this.#rates() : nothing} ${this.#stream()} ${this.#numbers()}
        </section>
      </main>`;
  }

  #head(): TemplateResult {
    const { newest, change, name } = this.chosen;
    return html`<div class="ticker-head">
      <h2>${name}</h2>
      <p class="price" data-price>${newest ? priceText(newest.price) : "–"}</p>
      <p class="change ${(change ?? 0) < 0 ? "fall" : "rise"}">${changeText(change)} <small>last minute</small></p>
    </div>`;
  }

  #quote(series: Series): TemplateResult {
    const { newest, change, name } = series;
    return html`<button
      class="quote-card"
      aria-pressed=${series === this.chosen}
      @click=${() => (this.chosen = series)}
    >
      <span class="quote-name">${name}</span>
      <span class="quote-price">${newest ? priceText(newest.price) : "–"}</span>
      <span class="change ${(change ?? 0) < 0 ? "fall" : "rise"}">${changeText(change)}</span>
      <dunlin-chart small .series=${series}></dunlin-chart>
    </button>`;
  }

  #rates(): TemplateResult {
    return html`<fieldset class="rates"><legend>Updates per second</legend><div class="kinds">
      ${RATES.map(
        (rate) => html`<label
          ><input
            type="radio"
            name="rate"
            value=${rate}
            .checked=${this.#ticker.perSecond === rate}
            @change=${() => void this.#ticker.feed(rate)}
          /><span>${rate === 0 ? "Off" : rate.toLocaleString("en")}</span></label
        >`,
      )}
    </div></fieldset>`;
  }

  #stream(): TemplateResult {
    const { state, node, problem } = this.#ticker;
    const text = { connecting: "Connecting…", open: node ? `Streaming from ${node}` : "Streaming", waiting: "Refused, retrying" }[state];
    return html`<p class="stream ${state}" role="status">${problem ?? text}</p>`;
  }

  #numbers(): TemplateResult {
    const ticker = this.#ticker;
    const sum = (of: (series: Series) => number) => ticker.series.reduce((total, series) => total + of(series), 0);
    const [middle, slow] = [ticker.latency(0.5), ticker.latency(0.99)];
    return html`<dl class="numbers">
      <div><dt>Rate</dt><dd data-rate>${ticker.rate(Date.now())} <small>per second</small></dd></div>
      <div><dt>Received</dt><dd data-updates>${sum(({ updates }) => updates).toLocaleString("en")}</dd></div>
      <div><dt>Latency</dt><dd>${middle ?? "–"} ms <small>(p99 ${slow ?? "–"})</small></dd></div>
      <div><dt>Missed</dt><dd data-missed>${sum(({ missed }) => missed)}</dd></div>
      <div><dt>Duplicates</dt><dd data-doubled>${sum(({ doubled }) => doubled)}</dd></div>
      <div><dt>Resumed</dt><dd data-resumes>${ticker.resumes}</dd></div>
      ${sum(({ skipped }) => skipped) > 0
        ? html`<div><dt>Conflated</dt><dd>${sum(({ skipped }) => skipped)}</dd></div>`
        : nothing}
    </dl>`;
  }

  #draw(): void {
    const now = Date.now();
    const isDue = now - this.#numbersAt >= NUMBERS_MS;
    if (isDue) {
      this.#numbersAt = now;
      for (const series of this.#ticker.series) series.forget(now);
      this.requestUpdate();
    }
    if (isDue || !this.#calm.matches) for (const chart of this.querySelectorAll("dunlin-chart")) chart.draw(now);
    this.#drawing = requestAnimationFrame(() => this.#draw());
  }
}

function changeText(change: number | undefined): string {
  if (change === undefined) return "";
  return `${change < 0 ? "▼" : "▲"} ${Math.abs(change * 100).toFixed(2)} %`;
}

customElements.define("dunlin-ticker", TickerRoot);
