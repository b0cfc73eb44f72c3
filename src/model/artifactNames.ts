import { safeFileName } from './safeFileName';

/** What becomes of a file whose name is taken in the folder. */
export type OnConflict = 'replace' | 'keepBoth' | 'skip';

/** How file systems compare names that are most easily confused: without case, in one spelling. */
export function sameName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Of these names, those that are taken in the folder. Two files of one name here are no conflict: both are kept. */
export function conflicts(names: readonly string[], taken: readonly string[]): string[] {
  const known = new Set(taken.map(sameName));
  return [...new Set(names.filter((name) => known.has(sameName(name))))];
}

/** The name of a file in a folder; undefined where it is left out. Only `replace` gives a name that is taken there. */
export interface PlannedName {
  name: string | undefined;
  replaces: boolean;
}

/**
 * Names for files that go into one folder, in their order. No two are the same on any file system, also where case counts for
 * nothing.
 */
export function planNames(names: readonly string[], taken: readonly string[], on: OnConflict): PlannedName[] {
  const there = new Set(taken.map(sameName));
  const given = new Set<string>();
  return names.map((name) => {
    const safe = safeFileName(name);
    const isTaken = there.has(sameName(safe)) && !given.has(sameName(safe));
    if (isTaken && on === 'skip') {
      return { name: undefined, replaces: false };
    }
    const free =
      isTaken && on === 'replace'
        ? safe
        : safeFileName(safe, (candidate) => there.has(sameName(candidate)) || given.has(sameName(candidate)));
    given.add(sameName(free));
    return { name: free, replaces: there.has(sameName(free)) };
  });
}
