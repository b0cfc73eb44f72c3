/** JSON of an unknown shape. */
export type Json = Partial<Record<string, unknown>>;

/** Makes a value fit what the code relies on; undefined means that it cannot and is left out. */
export type Fit = (value: unknown) => unknown;

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const amount = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

export const object = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;

/** The fallback stands in for what is missing or of another type. */
export const or =
  (fit: Fit, fallback: unknown): Fit =>
  (value) =>
    fit(value) ?? fallback;

/** A list of what fits; what does not is dropped. */
export const list =
  (fit: Fit): Fit =>
  (value) =>
    Array.isArray(value) ? value.map(fit).filter((one) => one !== undefined) : undefined;

/** An object whose named members fit; others stay as they came. */
export const members =
  (fits: Readonly<Record<string, Fit>>): Fit =>
  (value) => {
    const json = object(value);
    if (!json) {
      return undefined;
    }
    const fitted = Object.entries(fits).map(([name, fit]) => [name, fit(json[name])] as const);
    return Object.fromEntries(
      [...Object.entries(json).filter(([name]) => !Object.hasOwn(fits, name)), ...fitted].filter(
        ([, member]) => member !== undefined,
      ),
    );
  };
