import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Something shown that changes over time: says so to whoever draws it. */
export class Model {
  readonly #listeners = new Set<() => void>();

  /** Returns the function that takes the listener away again. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Redraws a component whenever its model changes, while it is on the page. */
export class Redraw implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #model: () => Model;
  #end: () => void = () => undefined;

  constructor(host: ReactiveControllerHost, model: () => Model) {
    this.#host = host;
    this.#model = model;
    host.addController(this);
  }

  hostConnected(): void {
    this.#end = this.#model().onChange(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#end();
  }
}
