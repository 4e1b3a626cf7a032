import { html, type TemplateResult } from "lit";
import { type Point, type Series, WINDOW_MS } from "../model/series.js";
import { PlainElement } from "./plain-element.js";

const AXIS = 68;
const BOTTOM = 26;
/** Not less than this is shown, so that the first prices do not race through the picture. */
const LEAST_MS = 10_000;
/** Seconds between the lines of the grid, and pixels that its words need. */
const GRID_S = [2, 5, 10, 15, 30] as const;
const WORD_PX = 84;
/** A price that nothing followed for so long stays as it was until the next. */
const HELD_MS = 2_000;

/** One series over the last minute, drawn anew with each frame of the screen. Large with axes, or `small` without. */
export class PriceChart extends PlainElement {
  static override readonly properties = { series: { attribute: false }, small: { type: Boolean } };
  declare series: Series;
  declare small: boolean;
  readonly #resized = new ResizeObserver(() => this.#fit());
  #low = NaN;
  #high = NaN;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#canvas);
    this.#fit();
  }

  protected override render(): TemplateResult {
    const { series, small } = this;
    return small
      ? html`<canvas aria-hidden="true"></canvas>`
      : html`<canvas role="img" aria-label="The last minute of ${series.name}"></canvas>`;
  }

  /** Called with each frame of the screen. */
  draw(now: number): void {
    const canvas = this.#canvas;
    const context = canvas?.getContext("2d");
    if (!canvas || !context || canvas.width === 0) return;
    const ratio = canvas.width / canvas.clientWidth;
    const width = canvas.clientWidth - (this.small ? 0 : AXIS);
    const height = canvas.clientHeight - (this.small ? 0 : BOTTOM);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    const { points } = this.series;
    const newest = points.at(-1);
    if (!newest) return;
    const style = getComputedStyle(this);
    this.#scale(points);
    const span = Math.min(WINDOW_MS, Math.max(LEAST_MS, now - (points[0]?.at ?? now)));
    const x = (at: number) => width - ((now - at) / span) * width;
    const y = (price: number) => height - ((price - this.#low) / (this.#high - this.#low)) * height;
    if (!this.small) this.#grid(context, style, now, span, width, height, x, y, y(newest.price));
    const color = style.getPropertyValue(this.series.change === undefined || this.series.change >= 0 ? "--rise" : "--fall");
    context.save();
    context.beginPath();
    context.rect(0, 0, width, height + 2);
    context.clip();
    this.#line(context, points, x, y, now);
    context.strokeStyle = color;
    context.lineWidth = this.small ? 1.5 : 2;
    context.lineJoin = "round";
    context.stroke();
    context.lineTo(x(now), height + 2);
    context.lineTo(Math.max(0, x(points[0]?.at ?? now)), height + 2);
    context.closePath();
    const fill = context.createLinearGradient(0, 0, 0, height);
    fill.addColorStop(0, `color-mix(in srgb, ${color} 26%, transparent)`);
    fill.addColorStop(1, `color-mix(in srgb, ${color} 0%, transparent)`);
    context.fillStyle = fill;
    context.fill();
    context.restore();
    if (!this.small) this.#newest(context, style, color, newest, width, y(newest.price));
  }

  get #canvas(): HTMLCanvasElement {
    return this.querySelector("canvas") as HTMLCanvasElement;
  }

  #fit(): void {
    const canvas = this.#canvas;
    canvas.width = Math.round(canvas.clientWidth * devicePixelRatio);
    canvas.height = Math.round(canvas.clientHeight * devicePixelRatio);
  }

  /** Follows the prices softly, so that the picture does not jump at each new high. */
  #scale(points: readonly Point[]): void {
    let low = Infinity;
    let high = -Infinity;
    for (const { price } of points) {
      low = Math.min(low, price);
      high = Math.max(high, price);
    }
    const room = (high - low || Math.abs(high) * 0.0002 || 1) * 0.14;
    low -= room;
    high += room;
    this.#low = Number.isNaN(this.#low) ? low : this.#low + (low - this.#low) * 0.12;
    this.#high = Number.isNaN(this.#high) ? high : this.#high + (high - this.#high) * 0.12;
  }

  /** At most a low and a high for each pixel: more cannot be seen. */
  #line(context: CanvasRenderingContext2D, points: readonly Point[], x: (at: number) => number, y: (price: number) => number, now: number): void {
    context.beginPath();
    let column = NaN;
    let low = 0;
    let high = 0;
    let last: Point | undefined;
    for (const point of points) {
      const at = Math.round(x(point.at));
      if (at !== column) {
        if (last) context.lineTo(point.at - last.at > HELD_MS ? at : column, y(last.price));
        context.lineTo(at, y(point.price));
        column = at;
        low = high = point.price;
      } else {
        if (point.price < low) context.lineTo(at, y((low = point.price)));
        if (point.price > high) context.lineTo(at, y((high = point.price)));
      }
      last = point;
    }
    if (last) context.lineTo(x(now), y(last.price));
  }

  #grid(
    context: CanvasRenderingContext2D,
    style: CSSStyleDeclaration,
    now: number,
    span: number,
    width: number,
    height: number,
    x: (at: number) => number,
    y: (price: number) => number,
    taken: number,
  ): void {
    context.strokeStyle = style.getPropertyValue("--line");
    context.fillStyle = style.getPropertyValue("--ink-soft");
    context.font = `12px ${style.fontFamily}`;
    context.lineWidth = 1;
    context.textBaseline = "middle";
    context.textAlign = "left";
    const step = niceStep((this.#high - this.#low) / 7);
    const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    for (let price = Math.ceil(this.#low / step) * step; price < this.#high; price += step) {
      line(context, 0, y(price), width, y(price));
      // There stands the newest one.
      if (Math.abs(y(price) - taken) > 18) context.fillText(price.toFixed(digits), width + 10, y(price));
    }
    context.textAlign = "center";
    const apart = (GRID_S.find((seconds) => (seconds * 1_000 * width) / span >= WORD_PX) ?? 60) * 1_000;
    for (let at = Math.ceil((now - span) / apart) * apart; at < now; at += apart) {
      line(context, x(at), 0, x(at), height);
      const time = new Date(at);
      const text = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
      if (x(at) > 30 && x(at) < width - 24) context.fillText(text, x(at), height + BOTTOM / 2 + 2);
    }
  }

  #newest(context: CanvasRenderingContext2D, style: CSSStyleDeclaration, color: string, { price }: Point, width: number, y: number): void {
    context.fillStyle = color;
    context.beginPath();
    context.arc(width - 1, y, 4, 0, 2 * Math.PI);
    context.fill();
    context.setLineDash([2, 4]);
    context.strokeStyle = color;
    line(context, 0, y, width, y);
    context.setLineDash([]);
    context.beginPath();
    context.roundRect(width + 4, y - 11, AXIS - 6, 22, 6);
    context.fill();
    context.fillStyle = style.getPropertyValue("--surface");
    context.font = `600 12px ${style.fontFamily}`;
    context.textAlign = "center";
    context.fillText(priceText(price), width + 4 + (AXIS - 6) / 2, y + 0.5);
  }
}

/** As many digits as people use at that height. */
export function priceText(price: number): string {
  const digits = price < 10 ? 5 : price < 10_000 ? 2 : 1;
  return price.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

/** 1, 2 or 5 of a power of ten. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((nice) => nice * power >= least) ?? 10);
}

customElements.define("dunlin-chart", PriceChart);

declare global {
  interface HTMLElementTagNameMap {
    "dunlin-chart": PriceChart;
  }
}
