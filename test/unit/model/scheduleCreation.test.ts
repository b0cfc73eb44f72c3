import assert from 'node:assert/strict';
import { createSchedule, type SentSchedule } from '../../../src/model/scheduleCreation';
import { emptyForm, requestOf, type ScheduleForm } from '../../../src/model/scheduleForm';
import type { ApiProblem } from '../../../src/oz/problems';
import { type ProblemKind } from '../../../src/oz/problems';
import type { Schedule, ScheduleRequest } from '../../../src/oz/types';
import { FakeClock } from '../fakeClock';
import { problem } from './fakeOz';
import { schedule } from './fakeSchedules';

const wanted: ScheduleForm = { ...emptyForm(), name: 'Nightly', cron: '0 1 * * *', skill: 'acme/web:a/SKILL.md' };

/** As the service makes it. */
function made(id: string, request = requestOf(wanted)): Schedule {
  return schedule(id, { ...request, prompt: request.prompt ?? '' });
}

/** A service whose answers to new schedules are lost in a way that a test says. */
class FakeService {
  schedules: Schedule[] = [];
  sent = 0;
  lists = 0;
  /** What becomes of the next requests: the schedule is there, after so many further lists, or never; and the answer. */
  outcomes: { appearsAfter?: number; answer: 'ok' | ProblemKind }[] = [];
  listFailures: ApiProblem[] = [];
  readonly #coming: { at: number; schedule: Schedule }[] = [];

  listSchedules(): Promise<Schedule[]> {
    this.lists += 1;
    const failure = this.listFailures.shift();
    if (failure) {
      return Promise.reject(failure);
    }
    const there = this.#coming.filter(({ at }) => at <= this.lists).map((one) => one.schedule);
    return Promise.resolve([...this.schedules, ...there]);
  }

  createSchedule(request: ScheduleRequest): Promise<Schedule> {
    this.sent += 1;
    const { appearsAfter, answer } = this.outcomes.shift() ?? { appearsAfter: 0, answer: 'ok' };
    const created = made(`new${this.sent}`, request);
    if (appearsAfter !== undefined) {
      this.#coming.push({ at: this.lists + 1 + appearsAfter, schedule: created });
    }
    return answer === 'ok' ? Promise.resolve(created) : Promise.reject(problem(answer));
  }
}

function setUp() {
  const oz = new FakeService();
  const clock = new FakeClock();
  /** What was noted, with how often something was sent by then. */
  const notes: [sent: SentSchedule | undefined, after: number][] = [];
  const note = (sent: SentSchedule | undefined): Promise<void> => {
    notes.push([sent, oz.sent]);
    return Promise.resolve();
  };
  /** As a person does, whose last try may have come to something. */
  const create = (form = wanted) => clock.until(createSchedule({ client: oz, clock, note }, form, notes.at(-1)?.[0]));
  return { oz, clock, create, notes };
}

describe('createSchedule', () => {
  it('sends the schedule once, after it was noted with what was there before', async () => {
    const { oz, clock, create, notes } = setUp();
    oz.schedules = [made('before')];
    const { schedule: created, form } = await create();
    assert.deepEqual([created.id, form, oz.sent], ['new1', wanted, 1]);
    assert.deepEqual(notes, [[{ form: wanted, before: ['before'], at: clock.now() }, 0]]);
  });

  it('sends nothing that could not be noted', async () => {
    const { oz, clock } = setUp();
    const note = (): Promise<void> => Promise.reject(new Error());
    await assert.rejects(clock.until(createSchedule({ client: oz, clock, note }, wanted, undefined)));
    assert.equal(oz.sent, 0);
  });

  it('looks for one whose answer was lost, and does not take one for it that was there before', async () => {
    for (const appearsAfter of [0, 1, 2]) {
      const { oz, create } = setUp();
      oz.schedules = [made('before')];
      oz.outcomes = [{ appearsAfter, answer: 'outcomeUnknown' }];
      assert.deepEqual([(await create()).schedule.id, oz.sent], ['new1', 1]);
    }
  });

  it('takes only one for it that is like it in everything', async () => {
    for (const other of [
      { ...wanted, name: 'Another' },
      { ...wanted, cron: '0 2 * * *' },
      { ...wanted, prompt: 'More' },
      { ...wanted, skill: 'acme/web:b/SKILL.md' },
    ]) {
      const { oz, create } = setUp();
      oz.outcomes = [{ answer: 'outcomeUnknown' }];
      const list = oz.listSchedules.bind(oz);
      oz.listSchedules = async () => [...(await list()), ...(oz.sent > 0 ? [made('colleague', requestOf(other))] : [])];
      await assert.rejects(create(), { kind: 'outcomeUnknown' });
      assert.equal(oz.sent, 1);
    }
  });

  it('says that the outcome is unknown when it is not found, also when the looks fail', async () => {
    const { oz, create } = setUp();
    oz.outcomes = [{ answer: 'outcomeUnknown' }];
    await assert.rejects(create(), { kind: 'outcomeUnknown' });
    assert.equal(oz.sent, 1);
    const again = setUp();
    again.oz.outcomes = [{ appearsAfter: 0, answer: 'outcomeUnknown' }];
    const list = again.oz.listSchedules.bind(again.oz);
    again.oz.listSchedules = () => (again.oz.sent > 0 ? Promise.reject(problem('unreachable')) : list());
    await assert.rejects(again.create(), { kind: 'outcomeUnknown' });
  });

  it('finds at the second try what the first one made, also when that is for something else, and sends nothing', async () => {
    const { oz, create } = setUp();
    oz.outcomes = [{ appearsAfter: 4, answer: 'outcomeUnknown' }];
    await assert.rejects(create(), { kind: 'outcomeUnknown' });
    oz.lists += 1;
    const { schedule: created, form } = await create({ ...wanted, name: 'Better', enabled: false });
    assert.deepEqual([created.id, form, oz.sent], ['new1', wanted, 1]);
  });

  it('sends it again when a person tries again and it is not there', async () => {
    const { oz, create } = setUp();
    oz.outcomes = [{ answer: 'outcomeUnknown' }, { appearsAfter: 0, answer: 'ok' }];
    await assert.rejects(create(), { kind: 'outcomeUnknown' });
    assert.deepEqual([(await create()).schedule.id, oz.sent], ['new2', 2]);
  });

  it('looks once after an answer that may not be the whole truth', async () => {
    for (const kind of ['server', 'notOz', 'rateLimited'] as const) {
      const { oz, create } = setUp();
      oz.outcomes = [{ appearsAfter: 0, answer: kind }];
      assert.equal((await create()).schedule.id, 'new1');
      const gone = setUp();
      gone.oz.outcomes = [{ answer: kind }];
      await assert.rejects(gone.create(), { kind });
      assert.deepEqual([gone.oz.lists, gone.oz.sent], [2, 1]);
    }
  });

  it('makes another one beside what was given up, but not the same again', async () => {
    const { oz, clock, notes } = setUp();
    oz.schedules = [made('there')];
    const sent = { form: wanted, before: [], at: 0, isGivenUp: true };
    const note = (one: SentSchedule | undefined): Promise<void> => {
      notes.push([one, oz.sent]);
      return Promise.resolve();
    };
    const create = (form: ScheduleForm) => clock.until(createSchedule({ client: oz, clock, note }, form, sent));
    assert.deepEqual([(await create({ ...wanted, name: 'Nightly ' })).schedule.id, oz.sent], ['there', 0]);
    assert.deepEqual([(await create({ ...wanted, name: 'Another' })).schedule.id, oz.sent], ['new1', 1]);
  });

  it('says at once what the service refused, knows on of what it did not, and sends nothing without a list', async () => {
    // A deadline before anything was sent is none that leaves anything open.
    for (const kind of ['invalid', 'forbidden', 'keyRefused', 'noKey', 'timeout'] as const) {
      const { oz, create, notes } = setUp();
      oz.outcomes = [{ answer: kind }];
      await assert.rejects(create(), { kind });
      assert.deepEqual([oz.lists, oz.sent, notes.at(-1)], [1, 1, [undefined, 1]]);
      oz.outcomes = [{ answer: 'outcomeUnknown' }, { answer: kind }];
      await assert.rejects(create(), { kind: 'outcomeUnknown' });
      const [first] = notes.at(-1) ?? [];
      await assert.rejects(create({ ...wanted, name: 'Better' }), { kind });
      assert.deepEqual(notes.at(-1), [first, 3]);
    }
    const { oz, create } = setUp();
    oz.listFailures = [problem('unreachable')];
    await assert.rejects(create(), { kind: 'unreachable' });
    assert.equal(oz.sent, 0);
  });
});
