import { asNumber, asRecord } from './json';

/** Makes a value fit what the code relies on; undefined means that it cannot and is left out. */
export type Fit = (value: unknown) => unknown;

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const amount = asNumber;

export const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

export const object = asRecord;

/** The fallback stands in for what is missing or of another type. */
export const or =
  (fit: Fit, fallback: unknown): Fit =>
  (value) =>
    fit(value) ?? fallback;

/** A text that the code relies on: empty where there is none. */
export const needed = or(text, '');

/** A list of what fits; what does not is dropped. The list itself where all of it fits: a conversation has 10 MB. */
export const list =
  (fit: Fit): Fit =>
  (value) => {
    if (!Array.isArray(value)) {
      return undefined;
    }
    const given: unknown[] = value;
    let fitted: unknown[] | undefined;
    for (const [index, item] of given.entries()) {
      const one = fit(item);
      if (one !== item || one === undefined) {
        fitted ??= given.slice(0, index);
      }
      if (one !== undefined) {
        fitted?.push(one);
      }
    }
    return fitted ?? given;
  };

/** An object whose named members fit; others stay as they came. The object itself where all of them fit. */
export const members = (fits: Readonly<Record<string, Fit>>): Fit => {
  const named = Object.entries(fits);
  return (value) => {
    const json = object(value);
    if (!json) {
      return undefined;
    }
    let fitted = json;
    for (const [name, fit] of named) {
      const given = Object.hasOwn(json, name) ? json[name] : undefined;
      const member = fit(given);
      if (member !== given) {
        fitted = fitted === json ? { ...json } : fitted;
        if (member === undefined) {
          Reflect.deleteProperty(fitted, name);
        } else {
          fitted[name] = member;
        }
      }
    }
    return fitted;
  };
};
