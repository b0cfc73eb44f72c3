import fs from 'node:fs';

/** How many tests passed, failed and were left out. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Names the file in which every suite notes its counts, one line of JSON each. */
export const countsVariable = 'AGENT_RUNS_TEST_COUNTS';

/** Notes a suite's counts where `npm test` wants them; does nothing when a suite runs alone. */
export function noteCounts(counts: Counts): void {
  const file = process.env[countsVariable];
  if (file !== undefined) {
    fs.appendFileSync(file, `${JSON.stringify(counts)}\n`);
  }
}

/** Adds up what the suites noted in a file. */
export function sumCounts(file: string): Counts {
  const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n').filter(Boolean) : [];
  return lines
    .map((line) => JSON.parse(line) as Counts)
    .reduce(
      (sum, counts) => ({
        passed: sum.passed + counts.passed,
        failed: sum.failed + counts.failed,
        skipped: sum.skipped + counts.skipped,
      }),
      { passed: 0, failed: 0, skipped: 0 },
    );
}
