import { LitElement } from "lit";

/** A component in the page's own tree: one set of styles, and labels and ids that reach each other. */
export class PlainElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
