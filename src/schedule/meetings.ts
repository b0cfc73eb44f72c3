/** Milliseconds: what starts less than this after another one meets it. */
const near = 15 * 60_000;
/** Milliseconds: what meets one after the other all day is several meetings. */
const longest = 60 * 60_000;

/** A run of something, in milliseconds since 1970. */
interface Start {
  of: object;
  time: number;
}

/** Several that start close to each other. */
export interface Meeting {
  id: number;
  /** How many they are. */
  count: number;
  /** Milliseconds from the first start to the last. */
  span: number;
}

/**
 * Which starts meet, by their distance and not by the clock: 8:59 and 9:00 do. Nothing meets itself.
 * @param starts in order
 */
export function meetingsOf<S extends Start>(starts: readonly S[]): Map<S, Meeting> {
  const groups: S[][] = [];
  for (const start of starts) {
    const isNear = ({ time }: S): boolean => start.time - time < near;
    let group = [start];
    // What ran alone until now, twice within the time, meets it as well.
    while (groups.at(-1)?.some((one) => one.of !== start.of && isNear(one))) {
      group = [...(groups.pop() ?? []), ...group];
    }
    if (start.time - (group[0]?.time ?? 0) < longest) {
      groups.push(group);
    } else {
      // Those that it meets go on with it: those before them have met others.
      const cut = group.findIndex(isNear);
      groups.push(group.slice(0, cut), group.slice(cut));
    }
  }
  return new Map(
    groups
      .filter(({ length }) => length > 1)
      .flatMap((group, id) => {
        const [first, last] = [group[0], group.at(-1)];
        const count = new Set(group.map(({ of }) => of)).size;
        const meeting = { id, count, span: (last?.time ?? 0) - (first?.time ?? 0) };
        return group.map((start): [S, Meeting] => [start, meeting]);
      }),
  );
}
