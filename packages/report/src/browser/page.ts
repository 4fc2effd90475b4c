/** The element that a selector finds; the page has it by construction. */
export function find(selector: string, within: ParentNode = document): HTMLElement {
  const found = within.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`expected ${selector} in the page, found none`);
  return found;
}

/** All elements that a selector finds. */
export function findAll(selector: string, within: ParentNode = document): readonly HTMLElement[] {
  return [...within.querySelectorAll(selector)].filter((element) => element instanceof HTMLElement);
}

/** A new element with a text. */
export function make<Name extends keyof HTMLElementTagNameMap>(name: Name, text = ""): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (text !== "") element.textContent = text;
  return element;
}

/** A control with its label before it. */
export function labelled(text: string, control: HTMLElement): HTMLLabelElement {
  const label = make("label");
  label.append(text, control);
  return label;
}

/** A button that does something. */
export function button(text: string, onClick: () => void): HTMLButtonElement {
  const element = make("button", text);
  element.type = "button";
  element.addEventListener("click", onClick);
  return element;
}
