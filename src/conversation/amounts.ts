import type { RenderContext } from './renderContext';

type Language = Pick<RenderContext, 'language'>;

/** Making a format takes a millisecond or two: each is made once. */
const formats = new Map<string, Intl.NumberFormat>();

function format(kind: string, language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${kind} ${language}`;
  const made = formats.get(key) ?? new Intl.NumberFormat(language, options);
  formats.set(key, made);
  return made;
}

/** US dollars; below a cent with as many digits as it takes to show that it is not nothing. */
export function moneyWord(dollars: number, { language }: Language): string {
  const isTiny = dollars > 0 && dollars < 0.01;
  return format(isTiny ? 'tiny money' : 'money', language, {
    style: 'currency',
    currency: 'USD',
    ...(isTiny && { maximumSignificantDigits: 1 }),
  }).format(dollars);
}

/** A large number in few characters: "1.23M". */
export function shortNumber(value: number, { language }: Language): string {
  return format('short', language, { notation: 'compact', maximumSignificantDigits: 3 }).format(value);
}

/** A number with at most two digits behind its point. */
export function exactNumber(value: number, { language }: Language): string {
  return format('exact', language, { maximumFractionDigits: 2 }).format(value);
}
