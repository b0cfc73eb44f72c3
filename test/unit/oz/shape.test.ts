import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ApiProblem } from '../../../src/oz/problems';
import {
  artifactAnswerFrom,
  launchAnswerFrom,
  runFrom,
  runPageFrom,
  scheduleFrom,
  schedulesFrom,
} from '../../../src/oz/shape';
import { environmentsFrom, identitiesFrom, identityFrom, modelsFrom, skillsFrom } from '../../../src/oz/shapeCatalog';
import { conversationFrom } from '../../../src/oz/shapeConversation';
import type { Step } from '../../../src/oz/types';

const notOz = (error: unknown): boolean => ApiProblem.is(error) && error.kind === 'notOz';

function only<T>(items: readonly T[]): T {
  assert.equal(items.length, 1);
  return items[0] ?? assert.fail();
}

describe('runs', () => {
  const bare = {
    run_id: 'r',
    task_id: 'r',
    title: '',
    state: 'UNKNOWN',
    prompt: '',
    created_at: '',
    updated_at: '',
  };

  it('get safe defaults for what is needed', () => {
    assert.deepEqual(runFrom({ run_id: 'r' }), bare);
  });

  it('keep values and members that nobody knows yet', () => {
    const run = runFrom({ run_id: 'r', state: 'DREAMING', source: 'PIGEON', mood: 'good' });
    assert.equal(run.state, 'DREAMING');
    assert.equal(run.source, 'PIGEON');
    assert.equal(Reflect.get(run, 'mood'), 'good');
    assert.equal(runFrom({ run_id: 'r', state: 'IN_PROGRESS' }).state, 'INPROGRESS');
  });

  it('lose members of another type than described', () => {
    const run = runFrom({
      run_id: 'r',
      title: 7,
      source: {},
      creator: 'me',
      started_at: null,
      parent_run_id: 5,
      artifacts: 'many',
      status_message: 'failed',
      agent_config: { name: 7, model_id: 'm', harness: 'oz' },
      request_usage: { inference_cost: '1', compute_cost: 2 },
      is_run_type_cancellable: 'no',
    });
    assert.deepEqual(run, {
      ...bare,
      agent_config: { model_id: 'm' },
      request_usage: { compute_cost: 2 },
    });
  });

  it('keep artifacts of every kind, with the members that the kind always has', () => {
    const { artifacts } = runFrom({
      run_id: 'r',
      artifacts: [
        { artifact_type: 'PULL_REQUEST', data: { url: 7, size: 1 } },
        { artifact_type: 'HOLOGRAM', data: { url: 'https://x.test' } },
        { artifact_type: 'FILE' },
        { data: {} },
        null,
        'x',
      ],
    });
    assert.deepEqual(artifacts, [
      { artifact_type: 'PULL_REQUEST', created_at: '', data: { size: 1, url: '', branch: '' } },
      { artifact_type: 'HOLOGRAM', created_at: '', data: { url: 'https://x.test' } },
      { artifact_type: 'FILE', created_at: '', data: { artifact_uid: '', filepath: '', filename: '', mime_type: '' } },
    ]);
  });

  it('without an id are dropped from a page, and are no answer alone', () => {
    const runs = [{ run_id: 'a' }, {}, { run_id: 7 }, { run_id: '' }, null, [], 'r', { run_id: 'b' }];
    assert.deepEqual(
      runPageFrom({ runs }, undefined).runs.map((run) => run.run_id),
      ['a', 'b'],
    );
    for (const body of [undefined, null, [], 'r', {}, { run_id: 7 }]) {
      assert.throws(() => runFrom(body), notOz);
    }
  });

  it('come in pages that say whether to read on', () => {
    const page = (page_info: unknown, cursor?: string): string | undefined =>
      runPageFrom({ runs: [], page_info }, cursor).nextCursor;
    assert.equal(page({ has_next_page: true, next_cursor: 'b' }, 'a'), 'b');
    assert.equal(page({ has_next_page: true, next_cursor: 'a' }, 'a'), undefined);
    assert.equal(page({ has_next_page: false, next_cursor: 'b' }), undefined);
    assert.equal(page({ has_next_page: true }), undefined);
    assert.equal(page({ has_next_page: true, next_cursor: 7 }), undefined);
    assert.equal(page(undefined), undefined);
    for (const body of [undefined, null, {}, { runs: {} }, [], 'x']) {
      assert.throws(() => runPageFrom(body, undefined), notOz);
    }
  });
});

describe('a launch', () => {
  it('has to name its run', () => {
    assert.deepEqual(launchAnswerFrom({ run_id: 'r', state: 'QUEUED', at_capacity: true }), {
      run_id: 'r',
      task_id: 'r',
      state: 'QUEUED',
      at_capacity: true,
    });
    assert.throws(() => launchAnswerFrom({ state: 'QUEUED' }), notOz);
  });
});

describe('schedules, environments, models and skills', () => {
  it('need an id and get defaults', () => {
    const schedule = only(schedulesFrom({ schedules: [{ id: 's', history: { next_run: null } }, { name: 'x' }, 7] }));
    assert.deepEqual([schedule.name, schedule.cron_schedule, schedule.enabled, schedule.history], ['', '', true, {}]);
    const environment = only(environmentsFrom({ environments: [{ uid: 'e' }, {}] }));
    assert.deepEqual([environment.config, environment.setup_failed], [{}, false]);
    const models = modelsFrom({ models: [{ id: 'm' }, { display_name: 'x' }] });
    assert.deepEqual([models.default_model_id, only(models.models).display_name], ['', 'm']);
    const skill = only(skillsFrom({ agents: [{ name: 'k', variants: [{}, null] }, {}] }));
    assert.deepEqual(only(skill.variants), {
      id: '',
      description: '',
      base_prompt: '',
      source: { owner: '', name: '', skill_path: '' },
      environments: [],
    });
  });

  it('come alone too', () => {
    assert.deepEqual(
      scheduleFrom({ id: 's', enabled: false }),
      schedulesFrom({ schedules: [{ id: 's', enabled: false }] })[0],
    );
    for (const body of [undefined, null, [], {}, { id: '' }, { id: 7 }, 's']) {
      assert.throws(() => scheduleFrom(body), notOz);
    }
  });

  it('are no answer without their list', () => {
    for (const read of [schedulesFrom, environmentsFrom, modelsFrom, skillsFrom]) {
      for (const body of [undefined, null, [], {}, { schedules: 1, environments: 1, models: 1, agents: 1 }]) {
        assert.throws(() => read(body), notOz);
      }
    }
  });
});

describe('an identity', () => {
  it("has a uid; what is not said stands in nobody's way", () => {
    const bare = { uid: 'i', name: '', available: true, created_at: '' };
    assert.deepEqual(identityFrom({ uid: 'i', name: 7, available: 'no' }), bare);
    assert.deepEqual(identitiesFrom({ agents: [{ uid: 'i', available: false }, { name: 'x' }, 5] }), [
      { ...bare, available: false },
    ]);
    for (const body of [{}, null, [], { uid: '' }, { name: 'x' }]) {
      assert.throws(() => identityFrom(body), notOz);
      assert.throws(() => identitiesFrom(body), notOz);
    }
  });
});

describe('an artifact', () => {
  it('has a text or a link', () => {
    const data = { download_url: 'https://x.test/f' };
    assert.equal(artifactAnswerFrom({ artifact_type: 'FILE', data }).data.content_type, 'application/octet-stream');
    assert.equal(artifactAnswerFrom({ artifact_type: 'PLAN', data: { content: '# x' } }).artifact_uid, '');
    for (const body of [{}, null, { artifact_type: 'FILE' }, { artifact_type: 'FILE', data: {} }, { data }]) {
      assert.throws(() => artifactAnswerFrom(body), notOz);
    }
  });
});

describe('a conversation', () => {
  it('is empty where parts are missing', () => {
    assert.deepEqual(conversationFrom({}), { conversation_id: '', steps: [] });
    const { steps } = conversationFrom({ conversation_id: 'c', steps: [{ id: 's' }, { id: 't', messages: [{}] }, 5] });
    assert.deepEqual(steps, [
      { id: 's', messages: [], steps: [] },
      { id: 't', messages: [{ role: 'assistant', content: [] }], steps: [] },
    ]);
    assert.throws(() => conversationFrom([]), notOz);
  });

  it('keeps blocks of unknown types, and makes text of what is no block', () => {
    const content = ['words', { type: 'dance', step: 1 }, { type: 'action', id: 7 }, { no: 'type' }, 5, null];
    const { steps } = conversationFrom({ steps: [{ messages: [{ role: 'ghost', content }, { content: 'alone' }] }] });
    const [first, second] = only(steps).messages;
    assert.deepEqual(first, {
      role: 'ghost',
      content: [
        { type: 'text', text: 'words' },
        { type: 'dance', step: 1 },
        { type: 'action', id: '', category: '', name: '', input: {} },
        { type: 'text', text: '{"no":"type"}' },
        { type: 'text', text: '5' },
      ],
    });
    assert.deepEqual(second?.content, [{ type: 'text', text: 'alone' }]);
  });

  it('names steps without an id by their place', () => {
    const { steps } = conversationFrom({ steps: [{}, { steps: [{}, { id: 'own', steps: [{}] }] }] });
    const ids: string[] = [];
    const visit = (step: Step): void => {
      ids.push(step.id);
      step.steps.forEach(visit);
    };
    steps.forEach(visit);
    assert.deepEqual(ids, ['/0', '/1', '/1/0', 'own', 'own/0']);
  });

  it('lays steps flat that are nested absurdly deep, and loses none', () => {
    let nested: object = { id: 'last' };
    for (let depth = 20_000; depth > 0; depth--) {
      nested = { id: `s${depth}`, steps: [nested] };
    }
    const conversation = conversationFrom({ steps: [nested] });
    let count = 0;
    let deepest = 0;
    const visit = (step: Step, depth: number): void => {
      count++;
      deepest = Math.max(deepest, depth);
      step.steps.forEach((one) => {
        visit(one, depth + 1);
      });
    };
    conversation.steps.forEach((step) => {
      visit(step, 1);
    });
    assert.equal(count, 20_001);
    assert.ok(deepest <= 50);
  });
});

describe('any JSON', () => {
  const members = [
    'runs', 'page_info', 'run_id', 'state', 'artifacts', 'artifact_type', 'data', 'creator', 'schedules', 'id', 'history',
    'environments', 'uid', 'config', 'github_repos', 'models', 'agents', 'name', 'variants', 'source', 'steps', 'messages',
    'content', 'type', 'text', 'input', 'download_url', '__proto__', 'constructor',
  ]; // prettier-ignore
  const { any } = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.constantFrom(null, true, 0, -1.5, '', 'x', 'PLAN', 'text', 'action'),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...members), tie('any'), { maxKeys: 6 }),
    ),
  }));

  it('is shaped or refused as not from the service', () => {
    const readers = [
      runFrom,
      (body: unknown) => runPageFrom(body, 'x'),
      launchAnswerFrom,
      schedulesFrom,
      environmentsFrom,
      identitiesFrom,
      identityFrom,
      modelsFrom,
      skillsFrom,
      artifactAnswerFrom,
      conversationFrom,
    ];
    fc.assert(
      fc.property(any, (body) => {
        for (const read of readers) {
          try {
            read(body);
          } catch (error) {
            assert.ok(notOz(error), String(error));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
