/** Lines of a file, from 0; the last one is among them. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** A function that is longer says less about a line than the lines around it. */
const longestFunction = 200;
/** Lines before and behind a place that is in no function. */
const around = 15;

/** What an agent reads with some lines of a file: the smallest function around them, or else the lines before and behind. */
export function surroundingLines(lines: Lines, functions: readonly Lines[], lineCount: number): Lines {
  const [smallest] = functions
    .filter(({ first, last }) => first <= lines.first && last >= lines.last && last - first < longestFunction)
    .toSorted((a, b) => a.last - a.first - (b.last - b.first));
  return smallest ?? { first: Math.max(0, lines.first - around), last: Math.min(lineCount - 1, lines.last + around) };
}
