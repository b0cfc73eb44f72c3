// npm run bench -- [--only GROUP] [--json FILE]: measures, prints a table, and fails when a figure is over its goal.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureConversation } from './conversation';
import { type Figure, table } from './figure';
import { measureLaunch } from './launch';
import { measureRuns } from './runs';
import { measureSchedules } from './schedules';
import { measureStart } from './start';

const groups: Record<string, () => Promise<Figure[]>> = {
  start: measureStart,
  runs: measureRuns,
  conversation: measureConversation,
  schedules: measureSchedules,
  launch: measureLaunch,
};

async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });
  const names = values.only === undefined ? Object.keys(groups) : [values.only];
  const figures: Figure[] = [];
  for (const name of names) {
    const measure = groups[name];
    if (!measure) {
      throw new Error(`No group "${name}". Groups: ${Object.keys(groups).join(', ')}`);
    }
    figures.push(...(await measure()));
  }
  console.log(table(figures));
  if (values.json !== undefined) {
    writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  }
  return figures.every((one) => one.ok);
}

// An editor that a failed measurement left open would keep this process.
main().then(
  (ok) => process.exit(ok ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
