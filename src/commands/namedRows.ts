import { memberOf } from '../oz/json';

/** How a row, a link or another command names what it is of. */
export interface Naming {
  /** The member that has the id. */
  member: 'runId' | 'scheduleId';
  /** The kind of the rows that are selected for it: other rows may have its id as well. */
  kind: 'run' | 'schedule';
}

/** What is selected in a view, by its ids. */
export interface Selection {
  /** The ids of the selected rows. */
  selected?(): readonly string[];
  /** What a key pressed in the view means: none on a row of something else, undefined where no row has the focus. */
  underKeys?(): Promise<readonly string[] | undefined>;
}

/**
 * The ids that a menu, a link or another command names: the argument's own, with those of the other selected rows where it is
 * one of them.
 * @param selected what VS Code passes second: all selected rows
 */
export function namedIds(argument: unknown, selected: unknown, { member, kind }: Naming): string[] {
  const idIn = (value: unknown): string | undefined => {
    const id = memberOf(value, member);
    return typeof id === 'string' && id !== '' ? id : undefined;
  };
  const clicked = idIn(argument);
  if (clicked === undefined) {
    return [];
  }
  const rows: unknown[] = Array.isArray(selected) ? selected : [];
  const ids = rows.filter((row) => memberOf(row, 'kind') === kind).flatMap((row) => idIn(row) ?? []);
  return ids.includes(clicked) ? [...new Set(ids)] : [clicked];
}

/** Undefined when the command was not given by a key (`{ selection: true }`), or on no row. */
export async function idsUnderKeys(view: Selection, argument: unknown): Promise<readonly string[] | undefined> {
  if (memberOf(argument, 'selection') !== true) {
    return undefined;
  }
  const selected = view.selected?.() ?? [];
  return (await view.underKeys?.()) ?? (selected.length > 0 ? selected : undefined);
}
