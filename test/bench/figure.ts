type Unit =
  | 'x'
  | 'ms'
  | 'KB'
  | 'MB'
  | 'files'
  | 'requests'
  | 'calls'
  | 'clicks'
  | 'runs'
  | 'events'
  | 'refreshes'
  | 'frames'
  | 'tasks'
  | 'nodes'
  | 'listeners';

/**
 * One measured figure. A `goal` is the most that `value` may be. `floor` is what the comparison itself measured in the same
 * run (an empty extension, a bare provider) and null where the value is a plain count or size.
 */
export interface Figure {
  name: string;
  value: number;
  unit: Unit;
  floor: number | null;
  goal: number;
  ok: boolean;
}

export function figure(name: string, value: number, unit: Unit, goal: number, floor: number | null = null): Figure {
  return { name, value: rounded(value), unit, floor: floor === null ? null : rounded(floor), goal, ok: value <= goal };
}

/** The middle of the samples: one slow sample on a busy machine does not move it. Throws for no samples. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) {
    throw new Error('no samples');
  }
  return (low + high) / 2;
}

/** The figures as a table for the terminal. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((f) => [
    f.name,
    `${f.value} ${f.unit}`,
    `${f.goal} ${f.unit}`,
    f.floor === null ? '' : String(f.floor),
    f.ok ? 'ok' : 'OVER',
  ]);
  const all = [['figure', 'value', 'goal', 'floor', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
