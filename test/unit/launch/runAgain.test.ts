import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canRunAgain, continuationOf, leftOutOf, promptOf, requestFor } from '../../../src/model/runAgain';
import { launchAnswerFrom, runFrom, runPageFrom } from '../../../src/oz/shape';
import type { LaunchRequest, Run } from '../../../src/oz/types';
import { call, get } from '../localOz/call';
import { useLocalOz } from '../localOz/localOz';
import { run } from '../model/fakeOz';

const skill_spec = 'acme/shop:.agents/skills/triage/SKILL.md';
const text = '# Triage\n\nLook at the newest issues.';

function aRun(members: Partial<Run>): Run {
  return run('r', 0, members);
}

function ofSkill(members: Partial<Run>): Run {
  return aRun({
    agent_config: { skill_spec },
    agent_skill: { name: 'triage', description: 'Sort issues' },
    ...members,
  });
}

describe('the prompt of a run', () => {
  it('is what was submitted, else what the service shows', () => {
    assert.equal(promptOf(aRun({ prompt: 'Do it', submitted_prompt: ' Do\nit ' })), ' Do\nit ');
    assert.equal(promptOf(aRun({ prompt: 'Do\nit' })), 'Do\nit');
    assert.equal(promptOf(aRun({ prompt: 'Do it', submitted_prompt: '' })), 'Do it');
    assert.equal(promptOf(aRun({ prompt: ' ' })), '');
  });

  it("is never a skill's own text", () => {
    assert.equal(promptOf(ofSkill({ prompt: text })), '');
    assert.equal(promptOf(ofSkill({ prompt: `${text}\n\nOnly bugs`, submitted_prompt: 'Only bugs' })), 'Only bugs');
    assert.equal(promptOf(ofSkill({ prompt: 'Look at issues', submitted_prompt: '' })), '');
    for (const own of [skill_spec, 'triage', 'Sort issues']) {
      assert.equal(promptOf(ofSkill({ prompt: own })), '');
    }
    assert.equal(promptOf(ofSkill({ prompt: 'Only bugs' })), 'Only bugs');
  });
});

describe('canRunAgain', () => {
  const table: [Partial<Run>, boolean][] = [
    [{ prompt: 'Do it' }, true],
    [{ prompt: '' }, false],
    [{ prompt: '', agent_config: { skill_spec } }, true],
    [{ prompt: text, agent_config: { skill_spec } }, true],
    [{ execution_location: 'LOCAL' }, false],
    [{ source: 'LOCAL' }, false],
    [{ source: 'GITHUB_ACTION', state: 'A_NEW_STATE' }, true],
  ];
  for (const [members, expected] of table) {
    it(`is ${expected} for ${JSON.stringify(members)}`, () => {
      assert.equal(canRunAgain(aRun(members)), expected);
    });
  }
});

describe('requestFor', () => {
  it('has prompt, title, owner and the whole configuration, members of tomorrow included', () => {
    const config = {
      name: 'Nightly',
      model_id: 'm',
      environment_id: 'e',
      idle_timeout_minutes: 5,
      harness: { type: 'claude' as const },
      mcp_servers: { a: { warp_id: 'w' } },
      runner_id: 'tomorrow',
    };
    const request = requestFor(
      aRun({
        prompt: 'Do it',
        title: 'It',
        agent_config: config,
        conversation_id: 'c',
        parent_run_id: 'p',
        scope: { type: 'User', uid: 'u' },
      }),
    );
    assert.deepEqual(request, { prompt: 'Do it', title: 'It', team: false, config });
  });

  it('names the skill once', () => {
    assert.deepEqual(requestFor(ofSkill({ prompt: text, title: '' })), { skill: skill_spec });
    const request = requestFor(ofSkill({ prompt: '', agent_config: { skill_spec, model_id: 'm' }, title: 'T' }));
    assert.deepEqual(request, { skill: skill_spec, title: 'T', config: { model_id: 'm' } });
  });

  it('is of the same owner as the run', () => {
    const teamOf = (type: string): unknown => requestFor(aRun({ scope: { type } as Run['scope'] })).team;
    assert.deepEqual(
      [teamOf('User'), teamOf('Team'), teamOf(''), teamOf('Guild')],
      [false, true, undefined, undefined],
    );
    assert.ok(!('team' in requestFor(aRun({}))));
  });

  it('drops what the service hides of MCP servers, and only that', () => {
    const mcp_servers = {
      db: { command: 'db', args: ['***'], env: { TOKEN: '***', PASSWORD: '', HOST: 'h' } },
      web: { url: 'https://x.test', headers: { Authorization: 'Bearer ********', Accept: 'a' } },
      odd: { command: 'c', env: { KEY: '[REDACTED]' } },
      plain: { warp_id: 'w' },
    };
    const subject = aRun({ agent_config: { mcp_servers } });
    assert.deepEqual(requestFor(subject).config?.mcp_servers, {
      db: { command: 'db', args: ['***'], env: { HOST: 'h' } },
      web: { url: 'https://x.test', headers: { Accept: 'a' } },
      odd: { command: 'c', env: {} },
      plain: { warp_id: 'w' },
    });
    assert.deepEqual(
      leftOutOf(subject).map((one) => (one.kind === 'secret' ? `${one.server} ${one.member} ${one.name}` : one.kind)),
      ['db env TOKEN', 'db env PASSWORD', 'web headers Authorization', 'odd env KEY'],
    );
  });

  it('takes servers of any form, and leaves the run as it is', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string(),
          fc.oneof(fc.jsonValue(), fc.record({ env: fc.jsonValue(), headers: fc.jsonValue() })),
        ),
        (servers) => {
          const subject = aRun({ agent_config: { mcp_servers: servers as never } });
          const before = JSON.stringify(subject);
          const request: LaunchRequest = requestFor(subject);
          assert.deepEqual(Object.keys(request.config?.mcp_servers ?? {}).sort(), Object.keys(servers).sort());
          assert.deepEqual(leftOutOf(aRun({ agent_config: request.config })), []);
          assert.equal(JSON.stringify(subject), before);
        },
      ),
    );
  });
});

describe('leftOutOf', () => {
  it('tells of a prompt that may be the text of the skill', () => {
    assert.deepEqual(leftOutOf(ofSkill({ prompt: text })), [{ kind: 'prompt' }]);
    for (const subject of [
      ofSkill({ prompt: text, submitted_prompt: '' }),
      ofSkill({ prompt: 'Only bugs' }),
      ofSkill({ prompt: 'triage' }),
      aRun({ prompt: text }),
    ]) {
      assert.deepEqual(leftOutOf(subject), []);
    }
  });

  it('tells of the agent that it acted as', () => {
    const executor = { type: 'service_account', uid: 'a', display_name: 'Release bot' } as const;
    assert.deepEqual(leftOutOf(aRun({ executor })), [{ kind: 'agent', name: 'Release bot' }]);
    assert.deepEqual(leftOutOf(aRun({ executor, creator: executor })), []);
    assert.deepEqual(leftOutOf(aRun({ executor: { type: 'user', uid: 'u' } })), []);
  });
});

describe('continuationOf', () => {
  it('goes on with the conversation as the run was configured, without its skill and prompt', () => {
    const subject = ofSkill({
      prompt: 'x',
      conversation_id: 'c',
      agent_config: { skill_spec, model_id: 'm' },
      scope: { type: 'Team' },
    });
    assert.deepEqual(continuationOf(subject, 'And now?'), {
      prompt: 'And now?',
      conversation_id: 'c',
      team: true,
      config: { model_id: 'm' },
    });
  });

  it('is nothing without a conversation', () => {
    assert.equal(continuationOf(aRun({}), 'x'), undefined);
  });
});

describe('requestFor, at the local Oz', () => {
  const local = useLocalOz({ scenario: 'demo' });

  it('is a launch that the service takes, unless its environment or model is gone', async () => {
    const { runs } = runPageFrom(await get(local(), '/agent/runs?limit=100'), undefined);
    const again = runs.filter(canRunAgain);
    let taken = 0;
    for (const subject of again) {
      const { status, body } = await call(local(), 'POST /agent/runs', { body: requestFor(subject) });
      assert.ok(status === 200 || status === 403, `${status}`);
      if (status === 200) {
        taken += 1;
        const made = runFrom(await get(local(), `/agent/runs/${launchAnswerFrom(body).run_id}`));
        const { model_id } = made.agent_config ?? {};
        assert.equal(made.prompt, promptOf(subject));
        assert.deepEqual(made.agent_config, { model_id, ...subject.agent_config });
      }
    }
    assert.ok(taken > again.length / 2 && again.length < runs.length, `${taken} of ${again.length}`);
  });
});
