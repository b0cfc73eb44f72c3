import assert from 'node:assert/strict';
import { ScheduleCreation } from '../../../src/model/scheduleCreation';
import type { ApiProblem } from '../../../src/oz/problems';
import { type ProblemKind } from '../../../src/oz/problems';
import type { Schedule, ScheduleRequest } from '../../../src/oz/types';
import { FakeClock } from '../fakeClock';
import { problem } from './fakeOz';
import { schedule } from './fakeSchedules';

const wanted: ScheduleRequest = {
  name: 'Nightly',
  cron_schedule: '0 1 * * *',
  enabled: true,
  agent_config: { skill_spec: 'acme/web:a/SKILL.md' },
};

/** As the service makes it. */
function made(id: string, request = wanted): Schedule {
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
  const creation = new ScheduleCreation(oz, clock);
  const create = (request = wanted) => clock.until(creation.create(request));
  return { oz, clock, create };
}

describe('ScheduleCreation', () => {
  it('sends the schedule once', async () => {
    const { oz, create } = setUp();
    const { schedule: created, found } = await create();
    assert.deepEqual([created.id, found, oz.sent], ['new1', false, 1]);
  });

  it('looks for one whose answer was lost, and does not take one for it that was there before', async () => {
    for (const appearsAfter of [0, 1, 2]) {
      const { oz, create } = setUp();
      oz.schedules = [made('before')];
      oz.outcomes = [{ appearsAfter, answer: 'outcomeUnknown' }];
      const { schedule: created, found } = await create();
      assert.deepEqual([created.id, found, oz.sent], ['new1', true, 1]);
    }
  });

  it('takes only one for it that is like it in everything', async () => {
    for (const other of [
      { ...wanted, name: 'Another' },
      { ...wanted, cron_schedule: '0 2 * * *' },
      { ...wanted, prompt: 'More' },
      { ...wanted, agent_config: { skill_spec: 'acme/web:b/SKILL.md' } },
    ]) {
      const { oz, create } = setUp();
      oz.outcomes = [{ answer: 'outcomeUnknown' }];
      const list = oz.listSchedules.bind(oz);
      oz.listSchedules = async () => [...(await list()), ...(oz.sent > 0 ? [made('colleague', other)] : [])];
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

  it('finds at the second try what the first one made, and sends nothing then', async () => {
    const { oz, create } = setUp();
    oz.outcomes = [{ appearsAfter: 4, answer: 'outcomeUnknown' }];
    await assert.rejects(create(), { kind: 'outcomeUnknown' });
    oz.lists += 1;
    const { found } = await create();
    assert.deepEqual([found, oz.sent], [true, 1]);
  });

  it('sends it again when a person tries again and it is not there', async () => {
    const { oz, create } = setUp();
    oz.outcomes = [{ answer: 'outcomeUnknown' }, { appearsAfter: 0, answer: 'ok' }];
    await assert.rejects(create(), { kind: 'outcomeUnknown' });
    const { schedule: created, found } = await create();
    assert.deepEqual([created.id, found, oz.sent], ['new2', false, 2]);
  });

  it('looks once after an answer that may not be the whole truth', async () => {
    for (const kind of ['timeout', 'server', 'notOz', 'rateLimited'] as const) {
      const { oz, create } = setUp();
      oz.outcomes = [{ appearsAfter: 0, answer: kind }];
      assert.equal((await create()).found, true);
      const gone = setUp();
      gone.oz.outcomes = [{ answer: kind }];
      await assert.rejects(gone.create(), { kind });
      assert.deepEqual([gone.oz.lists, gone.oz.sent], [2, 1]);
    }
  });

  it('says at once what the service refused, and sends nothing without a list', async () => {
    for (const kind of ['invalid', 'forbidden', 'keyRefused', 'noKey'] as const) {
      const { oz, create } = setUp();
      oz.outcomes = [{ answer: kind }];
      await assert.rejects(create(), { kind });
      assert.deepEqual([oz.lists, oz.sent], [1, 1]);
    }
    const { oz, create } = setUp();
    oz.listFailures = [problem('unreachable')];
    await assert.rejects(create(), { kind: 'unreachable' });
    assert.equal(oz.sent, 0);
  });
});
