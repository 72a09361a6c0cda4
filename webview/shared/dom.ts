/**
 * An element with its attributes and children. Strings become text and never markup: whatever a container says
 * may be passed on as it is.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes?: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K];
export function el(
  tag: string,
  attributes?: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElement;
export function el(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Set a text, and touch the page only when it is another one. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
