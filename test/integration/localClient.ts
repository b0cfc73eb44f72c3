import { systemClock } from '../../src/oz/clock';
import { OzClient } from '../../src/oz/ozClient';

/** A client of the local Oz that the suite was started beside. */
export function localClient(): OzClient {
  return new OzClient({
    baseUrl: () => process.env.AGENT_RUNS_TEST_BASE_URL ?? '',
    key: () => Promise.resolve(process.env.WARP_API_KEY),
    fetch: (...call) => fetch(...call),
    clock: systemClock,
  });
}
