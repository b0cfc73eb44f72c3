import { faultPoints } from './faultPoints';
import { type ClickResult, LaunchClick } from './launchClick';
import { LaunchMachine } from './launchMachine';

/** Clicks on one machine: what it remembers of earlier ones is a part of the test, but reading it takes time. */
const clicksOfOneMachine = 50;

/** The clicks of all fault points with the seeds from `first` on. Throws when the service saw what no click knows of. */
export async function launchMatrix(first: number, seeds: number): Promise<ClickResult[]> {
  const results: ClickResult[] = [];
  for (const point of faultPoints) {
    for (let start = first; start < first + seeds; start += clicksOfOneMachine) {
      const machine = await LaunchMachine.start(start);
      for (let seed = start; seed < Math.min(start + clicksOfOneMachine, first + seeds); seed += 1) {
        results.push(await new LaunchClick(machine, point, seed).run());
      }
      machine.assertRuns();
      await machine.close();
    }
  }
  return results;
}

/** What is wrong with a click, in a word each. */
export function faultsOf(result: ClickResult): string[] {
  const { runs, isUnknown, isLost, isDenied, wrong, unaccounted, isRowLate } = result;
  return [
    Math.max(...runs) > 1 && 'launched twice',
    isUnknown && 'unknown',
    isLost && 'lost',
    isDenied && 'denied',
    wrong > 0 && 'wrong run',
    unaccounted > 0 && 'unaccounted',
    isRowLate && 'row late',
  ].filter((fault) => fault !== false);
}
