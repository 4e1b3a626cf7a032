import { html, nothing, svg, type TemplateResult } from "lit";

const WIDTH = 240;
const HEIGHT = 44;

/** A small line of the last values, from 0 up; the newest at the right edge. */
export function sparkline(values: readonly number[], label: string): TemplateResult | typeof nothing {
  if (values.length < 2) return nothing;
  const top = Math.max(...values, 1) * 1.15;
  const step = WIDTH / (values.length - 1);
  const points = values.map((value, place) => `${(place * step).toFixed(1)},${(HEIGHT - (value / top) * HEIGHT).toFixed(1)}`);
  return html`<svg class="sparkline" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${label}>
    ${svg`<polygon points="0,${HEIGHT} ${points.join(" ")} ${WIDTH},${HEIGHT}" /><polyline points=${points.join(" ")} />`}
  </svg>`;
}
