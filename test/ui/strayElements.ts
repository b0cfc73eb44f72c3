import type { Frame } from 'playwright-core';
import { domAttributes, tags, type ViewAttributes } from '../../src/conversation/viewNodes';

/** One of everything, so that the names of all attributes come out. */
const all: Required<ViewAttributes> = {
  ...{ class: 'x', id: 'x', hash: 'x', does: 'body', of: 'x', item: 0, name: 'x', label: 'x', description: 'x' },
  ...{ title: 'x', target: 'x', role: 'img', expanded: true, checked: true, decorative: true, tab: 0, start: 1 },
  ...{ line: 1, language: 'x', since: 1, position: 1, count: 1, popup: true, disabled: true },
};

/** What the page's own script and first HTML put around what the host sends. */
const ownTags = ['nav', 'main', 'footer', 'form', 'textarea', 'label', 'input', 'dialog', 'img', 'kbd'];
const ownAttributes = [
  'id',
  'style',
  'hidden',
  'lang',
  'rows',
  'type',
  'placeholder',
  'autocomplete',
  'maxlength',
  'for',
  'src',
];

/**
 * The elements of a conversation's page that are not on the list of what may be there, or that could lead somewhere by
 * themselves; none when all is well.
 */
export async function strayElements(frame: Frame): Promise<string[]> {
  const allowed = {
    tags: [...tags, ...ownTags],
    attributes: [...domAttributes(all).map(([name]) => name), ...ownAttributes],
  };
  // Looked at in the page: there are tens of thousands. No function in it has a name, since the compiler would wrap it.
  return frame.evaluate(({ tags: allowedTags, attributes }) => {
    const [knownTags, knownAttributes] = [new Set(allowedTags), new Set(attributes)];
    // The page's own script is the last thing in its HTML.
    return [...document.body.querySelectorAll('*:not(body > #said + script[nonce]:not([src]))')]
      .filter(
        (element) =>
          element.namespaceURI !== 'http://www.w3.org/1999/xhtml' ||
          !knownTags.has(element.localName) ||
          [...element.attributes].some(
            ({ name, value }) =>
              !(knownAttributes.has(name) || /^(?:aria|data)-[a-z-]+$/.test(name)) ||
              (name === 'style' && /url|expression|import/i.test(value)) ||
              (name === 'src' && !(element.localName === 'img' && value.startsWith('blob:'))),
          ),
      )
      .map((element) => (element.cloneNode(false) as Element).outerHTML.slice(0, 300));
  }, allowed);
}
