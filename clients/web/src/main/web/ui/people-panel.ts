import type { Device, UserPresence } from "@dunlin/client";
import { html, nothing, type TemplateResult } from "lit";
import { titleOf } from "../model/channel-name.js";
import type { Chat } from "../model/chat.js";
import type { Conversation } from "../model/conversation.js";
import { Redraw } from "../model/model.js";
import { DEVICES, type Mark, markOf, wordsOf } from "../model/status.js";
import { avatar } from "./avatar.js";
import { icons } from "./icons.js";
import { PlainElement } from "./plain-element.js";
import { shortTimeOf } from "./times.js";

const ORDER: readonly (Mark | undefined)[] = ["online", "dnd", "away", undefined, "offline"];

interface Person {
  readonly user: string;
  readonly mark: Mark | undefined;
  readonly presence: UserPresence | undefined;
}

/** Who is here: the members of the conversation with their status, or those who are in the room now. */
export class PeoplePanel extends PlainElement {
  static override readonly properties = { chat: { attribute: false }, conversation: { attribute: false } };
  declare chat: Chat;
  declare conversation: Conversation;

  constructor() {
    super();
    new Redraw(this, () => this.chat);
    new Redraw(this, () => this.conversation);
  }

  protected override render(): TemplateResult {
    const { channel, me, people } = this.conversation;
    return html`<header class="panel-header">
        <h2>People in ${titleOf(channel, me)}</h2>
        <button class="icon-button" aria-label="Close" @click=${() => this.#close()}>${icons.close}</button>
      </header>
      <p class="people-count" aria-live="polite">${this.#count()}</p>
      ${people?.problem ? html`<p class="people-count">${people.problem}</p>` : nothing}
      <ul class="people" aria-label="People">
        ${this.#people.map((person) => this.#person(person))}
      </ul>`;
  }

  get #people(): readonly Person[] {
    const { people, me, members } = this.conversation;
    const here = people?.here.map(({ user }) => user) ?? [me, ...members];
    const all = here.map((user) => this.#known(user, people !== undefined));
    return all.sort((one, other) => ORDER.indexOf(one.mark) - ORDER.indexOf(other.mark) || (one.user < other.user ? -1 : 1));
  }

  #known(user: string, isHere: boolean): Person {
    if (user === this.chat.me) {
      const own = this.chat.presenceOf(user);
      return { user, mark: this.chat.ownMark, presence: { ...own, ...this.chat.ownStatus.choice, user, status: "online" } };
    }
    const presence = this.chat.presenceOf(user);
    const mark = markOf(presence);
    // Who is in the room and looks offline does not show its status to this user.
    return isHere && mark === "offline" ? { user, mark: undefined, presence: undefined } : { user, mark, presence };
  }

  #count(): string {
    const { people, members } = this.conversation;
    if (!people) {
      const online = this.#people.filter(({ mark }) => mark !== undefined && mark !== "offline").length;
      return `${online} of ${members.length + 1} online`;
    }
    const { occupancy } = people;
    const users = people.here.length || occupancy?.users || 0;
    const links = occupancy && occupancy.links > users ? ` · ${occupancy.links} connections` : "";
    return `${users} here now${links}${people.partial ? " · too many to name" : ""}`;
  }

  #person({ user, mark, presence }: Person): TemplateResult {
    const seen = mark === "offline" && presence?.lastSeen !== undefined ? ` · last seen ${shortTimeOf(presence.lastSeen, Date.now())}` : "";
    return html`<li class="person">
      ${avatar(user, mark)}
      <span class="person-text">
        <span class="person-name">${user}${user === this.chat.me ? " (you)" : ""}</span>
        <span class="person-status">${wordsOf(mark, presence)}${seen}</span>
      </span>
      ${this.#devices(presence)}
    </li>`;
  }

  #devices({ devices = {} }: Partial<UserPresence> = {}): TemplateResult | typeof nothing {
    const kinds = (Object.keys(DEVICES) as Device[]).filter((kind) => devices[kind]);
    return kinds.length === 0
      ? nothing
      : html`<span class="devices">
          ${kinds.map((kind) => {
            const name = `${DEVICES[kind]}${devices[kind] === "away" ? ", idle" : ""}`;
            return html`<span class="device ${devices[kind]}" role="img" aria-label=${name} title=${name}>${icons[kind]}</span>`;
          })}
        </span>`;
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent("close", { bubbles: true }));
  }
}

customElements.define("dunlin-people", PeoplePanel);
