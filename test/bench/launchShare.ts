// A share of the clicks of group `launch`, in a process of its own: tsx launchShare.ts FIRST_SEED SEEDS prints them as JSON.
import { launchMatrix } from '../fault-proxy/launchMatrix';

const [first, seeds] = process.argv.slice(2).map(Number);

launchMatrix(first ?? 0, seeds ?? 1).then(
  (results) => {
    process.stdout.write(`${JSON.stringify(results)}\n`, () => process.exit(0));
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
