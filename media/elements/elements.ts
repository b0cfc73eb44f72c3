/** An element that the page's first HTML has. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`The page has no ${id}`);
  }
  return element;
}

/** A button whose label is its tooltip too. */
export function button(className: string, label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.className = className;
  made.title = label;
  made.setAttribute('aria-label', label);
  made.addEventListener('click', act);
  return made;
}

/** An element with text and elements in it. Text becomes text nodes: nothing is ever parsed as HTML. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}
