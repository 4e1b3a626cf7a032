import type { TransportName } from "@dunlin/client";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Blockable } from "../model/blockade.js";
import type { Chat } from "../model/chat.js";
import { type Line, NAMES } from "../model/inspector.js";
import { Redraw } from "../model/model.js";
import { icons } from "./icons.js";
import { PlainElement } from "./plain-element.js";
import { sparkline } from "./sparkline.js";
import { toggleSwitch } from "./switch.js";
import { exactClockOf } from "./times.js";
import "./sent-pushes.js";

const TRANSPORTS: readonly TransportName[] = ["websocket", "sse", "poll"];
/** Frames that only keep the link alive. */
const QUIET: ReadonlySet<string> = new Set(["ping", "pong"]);

/** Shows each frame on the connection and its transport, with switches that block transports. */
export class InspectorPanel extends PlainElement {
  static override readonly properties = {
    chat: { attribute: false },
    paused: { state: true },
    pings: { state: true },
    tab: { state: true },
  };
  declare chat: Chat;
  /** The lines that are shown while the list is paused. */
  declare paused: readonly Line[] | undefined;
  declare pings: boolean;
  declare tab: "frames" | "pushes";

  constructor() {
    super();
    this.pings = false;
    this.tab = "frames";
    new Redraw(this, () => this.chat.inspector);
    new Redraw(this, () => this.chat.blockade);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.chat.inspector.look(true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.chat.inspector.look(false);
  }

  protected override render(): TemplateResult {
    return html`<header class="panel-header">
        <h2>Connection</h2>
        <button class="icon-button" aria-label="Close" @click=${() => this.#close()}>${icons.close}</button>
      </header>
      <div class="inspector">
        <fieldset class="kinds halves">
          <legend class="hidden">What to inspect</legend>
          ${this.#tab("frames", "Connection")} ${this.#tab("pushes", "Notifications")}
        </fieldset>
        ${this.tab === "pushes"
          ? html`<dunlin-sent-pushes .log=${this.chat.pushLog}></dunlin-sent-pushes>`
          : [this.#route(), this.#ladder(), this.#numbers(), this.#frames()]}
      </div>`;
  }

  #tab(tab: "frames" | "pushes", name: string): TemplateResult {
    return html`<label
      ><input type="radio" name="inspected" value=${tab} .checked=${this.tab === tab} @change=${() => (this.tab = tab)} /><span>${name}</span></label
    >`;
  }

  /** From this page to the node. */
  #route(): TemplateResult {
    const { connection } = this.chat;
    const isUp = connection.status === "online";
    const latency = this.chat.inspector.latencies.at(-1);
    const by = "transport" in connection ? NAMES[connection.transport] : "no connection";
    return html`<div class="route ${connection.status}">
      <span class="stop">This page</span>
      <span class="line"><span class="by">${by}</span><span class="ms">${isUp && latency !== undefined ? `${Math.round(latency)} ms` : statusWord(connection.status)}</span></span>
      <span class="stop">${isUp && connection.node ? connection.node : "Server"}</span>
    </div>`;
  }

  /** The transports, best first: the one in use, and the blocked ones. */
  #ladder(): TemplateResult {
    const { connection } = this.chat;
    const used = "transport" in connection ? connection.transport : undefined;
    return html`<ol class="ladder" aria-label="Transports, best first">
      ${TRANSPORTS.map((name) => {
        const isUsed = name === used;
        const isUp = isUsed && connection.status === "online";
        const isBlocked = name !== "poll" && this.chat.blockade.isBlocked(name);
        return html`<li class="${isUp ? "used" : ""} ${isBlocked ? "blocked" : ""}" aria-current=${isUp ? "true" : nothing}>
          <span class="rung">${NAMES[name]}</span>
          <span class="rung-state">${isUp ? "in use" : isBlocked ? "blocked" : isUsed ? "trying" : ""}</span>
          ${name === "poll" ? nothing : this.#block(name)}
        </li>`;
      })}
    </ol>`;
  }

  #block(name: Blockable): TemplateResult {
    const short = name === "websocket" ? "Block WebSockets" : "Block event streams";
    return toggleSwitch(short, this.chat.blockade.isBlocked(name), (on) => this.chat.block(name, on));
  }

  #numbers(): TemplateResult {
    const { latencies, frames, bytes, connects, fallbacks } = this.chat.inspector;
    const sorted = [...latencies].sort((one, other) => one - other);
    const median = sorted[Math.floor(sorted.length / 2)];
    return html`<div class="latency">
        <p><strong>${median === undefined ? "–" : Math.round(median)}</strong> ms round trip, median of ${latencies.length}</p>
        ${sparkline(latencies, `Latency, last ${Math.round(latencies.at(-1) ?? 0)} milliseconds`)}
      </div>
      <dl class="numbers">
        <div><dt>Sent</dt><dd>${frames.up} frames <small>${sizeOf(bytes.up)}</small></dd></div>
        <div><dt>Received</dt><dd>${frames.down} frames <small>${sizeOf(bytes.down)}</small></dd></div>
        <div><dt>Connections</dt><dd>${connects}</dd></div>
        <div><dt>Transport switches</dt><dd>${fallbacks}</dd></div>
      </dl>`;
  }

  #frames(): TemplateResult {
    const all = this.paused ?? this.chat.inspector.lines;
    const lines = all.filter((line) => this.pings || line.kind === "link" || !QUIET.has(line.type));
    return html`<div class="frames-bar">
        <h3>Frames</h3>
        ${toggleSwitch("Pings", this.pings, (on) => (this.pings = on))}
        <button class="text-button" aria-pressed=${this.paused !== undefined} @click=${() => this.#pause()}>
          ${this.paused ? "Resume" : "Pause"}
        </button>
        <button class="text-button" @click=${() => this.#clear()}>Clear</button>
      </div>
      <ol class="frames" aria-label="Frames, newest first">
        ${repeat(
          lines.slice(-200).reverse(),
          (line) => line.key,
          (line) => html`<li>${drawn(line)}</li>`,
        )}
      </ol>`;
  }

  #pause(): void {
    this.paused = this.paused ? undefined : [...this.chat.inspector.lines];
  }

  #clear(): void {
    this.paused = undefined;
    this.chat.inspector.clear();
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent("close", { bubbles: true }));
  }
}

function drawn(line: Line): TemplateResult {
  if (line.kind === "link") {
    return html`<p class="frame-link ${line.mood}"><time>${exactClockOf(line.at)}</time><span>${line.text}</span></p>`;
  }
  const arrow = line.direction === "up" ? icons.up : icons.arrowDown;
  return html`<details class="frame ${line.direction}">
    <summary>
      <time>${exactClockOf(line.at)}</time>
      <span class="arrow">${arrow}<span class="hidden">${line.direction === "up" ? "sent" : "received"}</span></span>
      <strong>${line.type}</strong>
      <span class="frame-channel">${line.channel}</span>
      <span class="frame-size">${sizeOf(line.bytes)}</span>
    </summary>
    <pre>${pretty(line.json)}</pre>
  </details>`;
}

function pretty(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}

function sizeOf(bytes: number): string {
  return bytes < 1_000 ? `${bytes} B` : `${(bytes / 1_000).toFixed(1)} kB`;
}

function statusWord(status: string): string {
  return { idle: "not connected", connecting: "connecting", waiting: "waiting", stopped: "stopped", online: "" }[status] ?? "";
}

customElements.define("dunlin-inspector", InspectorPanel);
