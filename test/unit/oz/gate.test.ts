import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Gate, type Pass, type Patience } from '../../../src/oz/gate';
import { ApiProblem } from '../../../src/oz/problems';
import { FakeClock, settle } from '../fakeClock';

const down = new ApiProblem({ kind: 'unreachable', code: 'ECONNREFUSED', message: 'down' });
const never = new AbortController().signal;

function gateAt(clock: FakeClock): Gate {
  return new Gate(clock, () => 0.5);
}

function read(clock: FakeClock): Patience {
  return { command: false, outage: clock.now() + 8000, pause: clock.now() + 30_000 };
}

/** Whether the promise has an outcome without any time passing. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let done = false;
  const note = (): void => {
    done = true;
  };
  promise.then(note, note);
  await settle();
  return done;
}

async function fail(gate: Gate, clock: FakeClock, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    gate.settle(await clock.until(gate.enter({ ...read(clock), outage: Infinity }, never)), down);
  }
}

describe('Gate', () => {
  it('lets six reads out together, and a person’s command besides', async () => {
    const clock = new FakeClock();
    const gate = gateAt(clock);
    const passes = await Promise.all(Array.from({ length: 6 }, () => gate.enter(read(clock), never)));
    const seventh = gate.enter(read(clock), never);
    assert.equal(await isSettled(seventh), false);
    assert.equal(await isSettled(gate.enter({ ...read(clock), command: true }, never)), true);
    gate.settle(passes[0] ?? assert.fail(), 'answered');
    assert.equal(await isSettled(seventh), true);
  });

  it('gives out tokens: twenty at once, then five a second', async () => {
    const clock = new FakeClock();
    const gate = gateAt(clock);
    let passed = 0;
    for (let call = 0; call < 60; call++) {
      void gate.enter(read(clock), new AbortController().signal).then((pass) => {
        passed++;
        gate.settle(pass, 'answered');
      });
    }
    await settle();
    assert.equal(passed, 20);
    await clock.advance(1000);
    assert.equal(passed, 25);
    await clock.advance(7000);
    assert.equal(passed, 60);
  });

  it('sends one probe at a time after a failure, and everybody after an answer', async () => {
    const clock = new FakeClock();
    const gate = gateAt(clock);
    await fail(gate, clock, 1);
    const waiting = [1, 2, 3].map(() => gate.enter(read(clock), never));
    assert.deepEqual(await Promise.all(waiting.map(isSettled)), [false, false, false]);
    await clock.advance(1000);
    assert.deepEqual(await Promise.all(waiting.map(isSettled)), [true, false, false]);
    const probe = await (waiting[0] ?? assert.fail());
    assert.equal(probe.probe, true);
    gate.settle(probe, 'answered');
    assert.deepEqual(await Promise.all(waiting.map(isSettled)), [true, true, true]);
  });

  it('opens at once when an earlier request comes back well', async () => {
    const clock = new FakeClock();
    const gate = gateAt(clock);
    const slow = await gate.enter(read(clock), never);
    await fail(gate, clock, 5);
    gate.settle(slow, 'answered');
    assert.equal(await isSettled(gate.enter(read(clock), never)), true);
  });

  it('answers at once with the problem and the time left when an outage outlasts the patience', async () => {
    const clock = new FakeClock();
    const gate = gateAt(clock);
    await fail(gate, clock, 3);
    const problem = await gate.enter(read(clock), never).catch((error: unknown) => error);
    assert.ok(ApiProblem.is(problem));
    assert.deepEqual([problem.kind, problem.facts.code], ['unreachable', 'ECONNREFUSED']);
    assert.equal(problem.facts.retryAfter, 12_825);
  });

  it('gives up on a probe that does not come back', async () => {
    const clock = new FakeClock();
    const gate = gateAt(clock);
    await fail(gate, clock, 1);
    await clock.until(gate.enter(read(clock), never));
    const second = gate.enter(read(clock), never);
    second.catch(() => undefined);
    await clock.advance(7999);
    assert.equal(await isSettled(second), false);
    await clock.advance(1);
    assert.equal(await isSettled(second), true);
  });

  it('lets a command out while the service is down, but not while it asked for a pause', async () => {
    const clock = new FakeClock();
    const gate = gateAt(clock);
    await fail(gate, clock, 5);
    const command = { ...read(clock), command: true };
    gate.settle(await gate.enter(command, never), 'answered');
    const busy = new ApiProblem({ kind: 'rateLimited', message: '', retryAfter: 10_000 });
    gate.settle(await clock.until(gate.enter(read(clock), never)), busy);
    const later = gate.enter({ ...command, pause: clock.now() + 30_000 }, never);
    assert.equal(await isSettled(later), false);
    await clock.advance(10_000);
    assert.equal(await isSettled(later), true);
    const hour = new ApiProblem({ kind: 'rateLimited', message: '', retryAfter: 3_600_000 });
    gate.settle(await clock.until(gate.enter(read(clock), never)), hour);
    await assert.rejects(gate.enter({ ...command, pause: clock.now() + 30_000 }, never), { kind: 'rateLimited' });
  });

  it('forgets who leaves the queue', async () => {
    const clock = new FakeClock();
    const gate = gateAt(clock);
    await fail(gate, clock, 1);
    const leaving = new AbortController();
    const first = gate.enter(read(clock), leaving.signal);
    const second = gate.enter(read(clock), never);
    leaving.abort(down);
    await assert.rejects(first, down);
    assert.equal((await clock.until(second)).probe, true);
  });

  it('frees the probe of a caller that gives it up', async () => {
    const clock = new FakeClock();
    const gate = gateAt(clock);
    await fail(gate, clock, 1);
    const probe: Pass = await clock.until(gate.enter(read(clock), never));
    gate.settle(probe, 'abandoned');
    assert.equal((await clock.until(gate.enter(read(clock), never))).probe, true);
  });

  it('lets at most 20 reads out in ten minutes of outage, however they fail', async function () {
    this.timeout(20_000);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60_000 })), { minLength: 1, maxLength: 30 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 10 }),
        async (callers, durations, randoms) => {
          const clock = new FakeClock(undefined, 1);
          let drawn = 0;
          const gate = new Gate(clock, () => randoms[drawn++ % randoms.length] ?? 0);
          let sent = 0;
          const end = clock.now() + 600_000;
          const ask = (): void => {
            if (clock.now() >= end) {
              return;
            }
            gate.enter(read(clock), new AbortController().signal).then(
              (pass) => {
                const duration = durations[sent++ % durations.length] ?? 0;
                clock.after(duration, () => {
                  gate.settle(pass, down);
                  ask();
                });
              },
              () => clock.after(3000, ask),
            );
          };
          for (let caller = 0; caller < callers; caller++) {
            ask();
          }
          await clock.advance(600_000 - 1);
          assert.ok(sent <= 20, `${sent} reads`);
        },
      ),
      { numRuns: 40 },
    );
  });
});
