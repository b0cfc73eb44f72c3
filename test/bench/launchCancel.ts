import { ApiProblem } from '../../src/oz/problems';
import { nextTurn } from '../fault-proxy/exchange';
import { type FaultPoint, faultPoints } from '../fault-proxy/faultPoints';
import { LaunchMachine } from '../fault-proxy/launchMachine';
import { Random } from '../local-oz/random';
import { type Figure, figure } from './figure';

/** Cancels at each fault point. */
const samples = 15;
/** Milliseconds after which a cancel that was not heard is not waited for. */
const longEnough = 200;

/** How long it takes at most, in real time, from a cancel to the end of the launch, wherever the launch is. */
export async function measureCancel(): Promise<Figure[]> {
  let slowest = 0;
  let count = 0;
  for (const point of faultPoints) {
    const machine = await LaunchMachine.start(0);
    for (let seed = 0, taken = 0; taken < samples && seed < samples * 20; seed += 1) {
      const ms = await cancelled(machine, point, Random.for(seed, point.name));
      if (ms !== undefined) {
        slowest = Math.max(slowest, ms);
        taken += 1;
        count += 1;
      }
    }
    await machine.close();
  }
  console.log(`cancel.slowest is of ${count} cancels at ${faultPoints.length} fault points`);
  return [figure('cancel.slowest', slowest, 'ms', 50)];
}

/** Milliseconds from the abort to the end; undefined when the launch ended before. */
async function cancelled(machine: LaunchMachine, point: FaultPoint, random: Random): Promise<number | undefined> {
  const { proxy, clock } = machine;
  proxy.random = random;
  proxy.meet('POST', /\/agent\/runs$/, point);
  if (random.next() < 0.3) {
    proxy.meet('GET', /\/agent\/runs/, random.pick(stalls), random.between(1, 4));
  }
  // Half of the launches get past no pause: they are cancelled in it.
  const go = random.next() < 0.5 ? clock.hold() : undefined;
  const aborter = new AbortController();
  const state = { isOver: false };
  const ended = launched(machine, aborter.signal).then(() => {
    state.isOver = true;
  });
  for (let turns = random.between(0, random.pick([10, 100, 400])); turns > 0 && !state.isOver; turns -= 1) {
    await nextTurn();
  }
  const wasOver = state.isOver;
  const start = performance.now();
  aborter.abort();
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, longEnough))]);
  const ms = performance.now() - start;
  go?.();
  await ended;
  machine.reopen();
  proxy.clear();
  await proxy.settled();
  return wasOver ? undefined : ms;
}

async function launched(machine: LaunchMachine, signal: AbortSignal): Promise<void> {
  try {
    await machine.window().launches.launch({ prompt: 'Fix it' }, signal);
  } catch (error) {
    if (!ApiProblem.is(error)) {
      throw error;
    }
  }
}

const stalls = faultPoints.filter(({ name }) => name.startsWith('stall')) as [FaultPoint, ...FaultPoint[]];
