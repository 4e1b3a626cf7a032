import type { ShownMessage } from "./shown-message.js";

/** What the draft is about, when it is more than a new message. */
export interface DraftAbout {
  readonly kind: "reply" | "edit";
  readonly message: ShownMessage;
}

/** What somebody is writing in one channel; stays there while they look at another. */
export class Draft {
  readonly #changed: () => void;
  #text = "";
  #about: DraftAbout | undefined;
  /** Put aside while an earlier message is changed. */
  #aside = "";

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get text(): string {
    return this.#text;
  }

  get about(): DraftAbout | undefined {
    return this.#about;
  }

  write(text: string): void {
    this.#text = text;
    this.#changed();
  }

  reply(message: ShownMessage): void {
    if (this.#about?.kind === "edit") this.cancel();
    this.#about = { kind: "reply", message };
    this.#changed();
  }

  edit(message: ShownMessage): void {
    if (this.#about?.kind !== "edit") this.#aside = this.#text;
    this.#about = { kind: "edit", message };
    this.#text = message.text;
    this.#changed();
  }

  /** Neither an answer nor a change any more; the text that was there before comes back. */
  cancel(): void {
    if (this.#about?.kind === "edit") this.#text = this.#aside;
    this.#about = undefined;
    this.#changed();
  }

  /** It was sent. */
  clear(): void {
    this.#text = this.#about?.kind === "edit" ? this.#aside : "";
    this.#aside = "";
    this.#about = undefined;
    this.#changed();
  }
}
