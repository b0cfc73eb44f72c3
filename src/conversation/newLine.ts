import type { NewEntries } from './pageReading';
import { numberWord, type RenderContext } from './renderContext';
import type { ViewElement } from './viewNodes';

/** The entry with the line above it that says what follows is new. It is in the entry: a feed holds nothing but articles. */
export function withNewLine(
  [tag, attributes, ...children]: ViewElement,
  { count }: NewEntries,
  context: RenderContext,
): ViewElement {
  const { translate: t } = context;
  const text = count === 1 ? t('1 new') : t('{0} new', numberWord(count, context));
  const given = typeof attributes === 'string' ? { class: attributes } : attributes;
  const hash = given.hash === undefined ? {} : { hash: `${given.hash}n${count}` };
  return [
    tag,
    { ...given, ...hash },
    ['div', { class: 'new-line', role: 'separator', label: text }, text],
    ...children,
  ];
}
