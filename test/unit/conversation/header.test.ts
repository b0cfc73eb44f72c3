import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PageChanges } from '../../../src/conversation/pageChanges';
import { commandFor } from '../../../src/conversation/pageCommands';
import { Links } from '../../../src/conversation/links';
import { commandNames } from '../../../src/conversation/protocol';
import { detailText, renderDetails } from '../../../src/conversation/renderDetails';
import { renderTop } from '../../../src/conversation/renderTop';
import type { TopFacts } from '../../../src/conversation/topFacts';
import { textOf, type ViewElement } from '../../../src/conversation/viewNodes';
import type { Run } from '../../../src/oz/types';
import { context, makeRun, runId } from './samples';
import { commandsIn, elements } from './viewTree';

type Members = Record<string, unknown>;

const made = (members: Members): Run => makeRun(members);

function top(members: Members | undefined, facts: Partial<TopFacts> = {}, links = new Links()) {
  const run = members && made(members);
  const known = { source: { runId }, run, environment: '', now: 0, reading: 'good', entries: 3 } as const;
  return renderTop({ ...known, ...facts }, context(links));
}

function shown(node: ViewElement | null | undefined): string {
  assert.ok(node);
  return textOf(node);
}

/** What the icons beside the title offer, and what the menu does. */
function offered(members: Members | undefined, facts: Partial<TopFacts> = {}): { icons: string[]; menu: string[] } {
  const { header } = top(members, facts);
  const names = (isInMenu: boolean): string[] =>
    elements(header, ({ does, role, class: look = '' }) => {
      const isIcon = look.startsWith('icon ');
      return does === 'command' && (isInMenu ? role === 'menuitem' : isIcon);
    }).map(({ name = '' }) => name);
  return { icons: names(false), menu: names(true) };
}

const pull = (url: string, branch = 'oz/fix') => ({
  artifact_type: 'PULL_REQUEST',
  created_at: '',
  data: { url, branch },
});

describe('the header of a conversation', () => {
  it('tells when a run was created that has not started, when another ended or changed', () => {
    const header = (members: Members): string => shown(top(members).header);
    const [started_at, finished_at] = ['2026-11-22T11:10:00Z', '2026-11-22T11:20:00Z'];
    assert.match(header({ state: 'QUEUED' }), /11:00:00/);
    assert.doesNotMatch(header({ state: 'INPROGRESS', started_at }), /11:[0-9]+:00/);
    assert.match(header({ state: 'SUCCEEDED', started_at, finished_at }), /11:20:00/);
    assert.match(header({ state: 'FAILED', started_at }), /11:30:00/);
    assert.match(header({ state: 'BLOCKED', started_at }), /11:30:00/);
  });

  it('counts the time of a run that has started while it is active', () => {
    const since = (state: string): unknown =>
      elements(top({ state, started_at: '2026-11-22T11:00:05Z' }).header, (one) => one.since !== undefined)[0]?.since;
    assert.equal(since('INPROGRESS'), Date.parse('2026-11-22T11:00:05Z'));
    assert.equal(since('SUCCEEDED'), undefined);
    // Its start is that of the work before a follow-up.
    assert.equal(since('CLAIMED'), undefined);
  });

  it('says of a run that waited for an answer that it has one', () => {
    const [waits, goesOn] = [false, true].map((isAnswered) => top({ state: 'BLOCKED' }, { isAnswered }).header);
    const look = (header: ViewElement | null | undefined): (string | undefined)[] =>
      elements(header, (one) => one.class?.startsWith('state ') === true).map((one) => one.class);
    assert.deepEqual([look(waits), look(goesOn)], [['state attention'], ['state waiting']]);
    assert.notEqual(shown(waits), shown(goesOn));
  });

  it('counts from what was asked last', () => {
    const started = Date.parse('2026-11-22T11:00:05Z');
    const since = (askedAt: number): unknown =>
      elements(
        top({ state: 'INPROGRESS', started_at: '2026-11-22T11:00:05Z' }, { askedAt }).header,
        (one) => one.since !== undefined,
      )[0]?.since;
    assert.deepEqual([since(started + 1000), since(started - 1000)], [started + 1000, started]);
  });

  it('tells tokens and dollars, in whatever members they come', () => {
    const header = (usage: Members): string => shown(top({ request_usage: usage }).header);
    assert.match(
      header({ inference_cost_usd: 1.25, compute_cost_usd: 0.5, total_tokens: 1_234_567 }),
      /\$1\.75.*1\.23M/,
    );
    assert.match(header({ inference_cost_in_cents: 250 }), /\$2\.50/);
    assert.doesNotMatch(header({ inference_cost_usd: '1', total_tokens: 'many', platform_cost_usd: -4 }), /\$|tokens/);
  });

  it('offers what can be done with the run, as the list of runs does', () => {
    const always = ['openBrowser'];
    assert.deepEqual(offered({}).icons, always);
    const live = { state: 'INPROGRESS', session_link: 'https://oz.example/s' };
    assert.deepEqual(offered(live).icons, ['cancelRun', 'openSession', ...always]);
    assert.deepEqual(offered({ ...live, is_run_type_cancellable: false }).icons, ['openSession', ...always]);
    assert.deepEqual(offered({ ...live, state: 'SUCCEEDED' }).icons, always);
    assert.deepEqual(offered({ ...live, state: 'BLOCKED' }).icons, ['openSession', ...always]);
  });

  it('has all else in a menu, each for the runs that it is for', () => {
    const isOffered = (name: string, members: Members, facts: Partial<TopFacts> = {}): boolean =>
      offered(members, facts).menu.includes(name);
    const gates: [name: string, withIt: Members, without: Members][] = [
      ['openPullRequest', { artifacts: [pull('https://github.com/a/b/pull/1')] }, {}],
      ['checkOutBranch', { artifacts: [pull('https://x.example')] }, { artifacts: [pull('https://x.example', '')] }],
      ['followUp', {}, { source: 'AUTOFIX' }],
      ['runAgain', {}, { execution_location: 'LOCAL' }],
      ['runAgainWithChanges', {}, { prompt: ' ' }],
    ];
    for (const [name, withIt, without] of gates) {
      assert.deepEqual([isOffered(name, withIt), isOffered(name, without)], [true, false], name);
    }
    assert.deepEqual([isOffered('pinRun', {}), isOffered('unpinRun', {})], [true, false]);
    const pinned = { isPinned: true };
    assert.deepEqual([isOffered('pinRun', {}, pinned), isOffered('unpinRun', {}, pinned)], [false, true]);
  });

  it('offers for a conversation alone, and for a run not read yet, only what needs no more', () => {
    const alone = offered(undefined, { source: { conversationId: 'c' } });
    assert.deepEqual(alone.icons, ['openBrowser']);
    assert.deepEqual(alone.menu, [
      'openAsText',
      'copyLink',
      'copyMarkdown',
      'exportMarkdown',
      'exportJson',
      'find',
      'showKeys',
    ]);
    const unread = offered(undefined).menu;
    assert.ok(unread.includes('copyRunId') && !unread.includes('pinRun') && !unread.includes('runAgain'));
  });

  it('offers nothing twice', () => {
    const members = {
      state: 'INPROGRESS',
      session_link: 'https://x.example',
      parent_run_id: 'p',
      schedule: { schedule_id: 's', schedule_name: 'Nightly' },
      agent_config: { skill_spec: 'a/b:c' },
      artifacts: [pull('https://github.com/a/b/pull/1')],
    };
    const { header, links } = top(members);
    const names = [...commandsIn(header), ...commandsIn(links)];
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it('tells the key of what has one, besides its name', () => {
    const keys = elements(top({}).header, ({ role }) => role === 'menuitem').flatMap(({ name, description }) =>
      description === undefined ? [] : [[name, description]],
    );
    assert.deepEqual(keys, [
      ['followUp', 'c'],
      ['find', 'Ctrl+F'],
      ['showKeys', '?'],
    ]);
  });

  it('offers nothing again that is under way', () => {
    const { header } = top({ state: 'INPROGRESS' }, { underWay: new Set(['cancelRun'] as const) });
    const disabled = elements(header, (one) => one.disabled === true).map(({ name }) => name);
    assert.deepEqual(disabled, ['cancelRun']);
  });

  it('offers only what the host does', () => {
    const own = ['copyMarkdown', 'find', 'followUp', 'retry', 'showKeys'];
    assert.deepEqual(
      commandNames.filter((name) => commandFor(name, { runId }) === undefined),
      own,
    );
    const { contributes } = JSON.parse(readFileSync(path.resolve(__dirname, '../../../package.json'), 'utf8')) as {
      contributes: { commands: { command: string }[] };
    };
    const declared = new Set(contributes.commands.map(({ command }) => command));
    for (const name of commandNames) {
      const command = commandFor(name, { runId });
      assert.ok(command === undefined || declared.has(command), command);
    }
  });

  it('shows names from outside as what they are', () => {
    const hostile = '<img src=x onerror=alert(1)>\u202Egnp.exe\u0000';
    const parts = top(
      { agent_config: { model_id: hostile }, schedule: { schedule_id: 's', schedule_name: hostile } },
      { environment: hostile },
    );
    for (const node of [parts.header, parts.links]) {
      assert.match(shown(node), /<img src=x onerror=alert\(1\)>‹U\+202E›gnp\.exe‹U\+0000›/);
      assert.doesNotMatch(JSON.stringify(node), /\u202e|\\u0000/);
    }
  });
});

describe('the links of a run', () => {
  const goals = (members: Members): (string | undefined)[] => {
    const links = new Links();
    return elements(top(members, {}, links).links, ({ does }) => does === 'link').map(({ item = -1 }) =>
      links.at(item),
    );
  };

  it('lead to what set it off, if that is a page', () => {
    assert.deepEqual(goals({ trigger_url: 'https://acme.slack.example/archives/1' }), [
      'https://acme.slack.example/archives/1',
    ]);
    for (const address of ['mailto:a@b.example', 'file:///etc/passwd', 'vscode://x', 'https://a@b.example', 'x']) {
      assert.deepEqual(goals({ trigger_url: address }), [], address);
    }
  });

  it('lead to schedule, skill and parent', () => {
    const members = {
      schedule: { schedule_id: 's', schedule_name: 'Nightly' },
      agent_config: { skill_spec: 'a/b:c' },
      parent_run_id: 'p',
    };
    const unknown = top(members).links;
    assert.deepEqual(commandsIn(unknown), ['showParent', 'showSchedule', 'showSkill']);
    const known = top(members, { parent: made({ run_id: 'p', title: 'Orchestrate' }) }).links;
    assert.match(shown(known), /Orchestrate/);
    assert.equal(elements(known, ({ does }) => does === 'run').length, 1);
  });

  it('name the sub-runs that matter most, in the order of their start, and lead to the others', () => {
    const subRuns = Array.from({ length: 100 }, (_, index) =>
      made({
        run_id: `r${index}`,
        title: `Part ${index}`,
        state: index === 70 ? 'BLOCKED' : index === 80 ? 'FAILED' : index >= 95 ? 'INPROGRESS' : 'SUCCEEDED',
        created_at: new Date(index * 1000).toISOString(),
      }),
    ).reverse();
    const node = top({}, { subRuns }).links;
    const names = elements(node, ({ does }) => does === 'run').map(({ title = '' }) => title.split('\n')[0]);
    const expected = [0, 70, 80, 95, 96, 97, 98, 99].map((index) => `Part ${index}`);
    assert.deepEqual(names, expected);
    assert.match(shown(node), /100.*5 active.*1 to answer.*1 failed/);
    assert.match(shown(node), /92/);
    assert.deepEqual(commandsIn(node).slice(-1), ['showInRuns']);
  });

  it('are none where there is no run, and where it leads nowhere else than the head does', () => {
    assert.equal(top(undefined).links, null);
    assert.equal(top({ artifacts: [pull('https://github.com/a/b/pull/1')] }).links, null);
  });
});

describe('the details of a run', () => {
  const details = (members: Members, facts: Partial<TopFacts> = {}): ViewElement | undefined =>
    renderDetails('details', { run: made(members), environment: '', now: 0, ...facts }, context());

  const full = {
    agent_config: {
      name: 'fixer',
      model_id: 'model-1',
      base_prompt: 'Be careful.\n'.repeat(3),
      environment_id: 'env-1',
      skill_spec: 'acme/shop:.agents/skills/fix/SKILL.md',
      mcp_servers: { linear: { url: 'https://x.example/?k=canary', headers: { Authorization: 'canary' } } },
      computer_use_enabled: false,
      idle_timeout_minutes: 25,
      worker_host: 'own-worker',
      harness: { type: 'claude', model_id: 'm2' },
      harness_auth_secrets: { claude_auth_secret_name: 'canary' },
      session_sharing: { public_access: 'VIEWER', api_key: 'canary' },
      memory_stores: ['team-notes'],
    },
    creator: { display_name: 'Mia', email: 'mia@acme.example' },
    executor: { uid: 'agent-7' },
    conversation_id: 'conv-1',
    execution_location: 'REMOTE',
    request_usage: {
      inference_cost: 2.5,
      inference_cost_usd: 0.025,
      usage_by_category: { 'web-search': { cost_in_cents: 12 } },
      inference_cost_breakdown_usd: { cached: 0.001 },
      plan: 'team',
      total_tokens: 12_345,
    },
    model_token_usage: [{ model_id: 'model-1', input_tokens: 12_000, nested: { output_tokens: 345 } }, 7],
    galaxy: { arm: 'Orion', secret_word: 'canary', page: 'https://x.example/f?sig=canary' },
  };

  it('tell everything that the service tells of it', () => {
    const text = shown(details(full, { environment: 'web', repositories: ['acme/shop'] }));
    const expected = [
      runId,
      'fixer',
      'model-1',
      'web · env-1',
      'acme/shop',
      'SKILL.md',
      'linear',
      'No',
      '25 min',
      'own-worker',
      'claude · m2',
      'VIEWER',
      'Mia · mia@acme.example',
      'agent-7',
      'conv-1',
      'Cloud',
      '2.5 credits · $0.03',
      '12,345',
      '$0.12',
      '$0.001',
      'input tokens: 12,000',
      'nested, output tokens: 345',
      'team-notes',
      'Orion',
      '"plan": "team"',
      '2026-11-22T11:00:00Z',
    ];
    assert.deepEqual(
      expected.filter((part) => !text.includes(part)),
      [],
    );
  });

  it('never tell what may be a secret', () => {
    assert.doesNotMatch(JSON.stringify(details(full)), /canary/);
    assert.doesNotMatch(detailText('details', made(full))?.text ?? 'canary', /canary/);
  });

  it('fold long texts, which unfold by their own id and open as documents', () => {
    const [base, prompt] = elements(details(full), ({ class: look }) => look === 'foldable').map(({ id = '' }) => id);
    assert.ok(base !== undefined && prompt !== undefined);
    assert.doesNotMatch(shown(details(full)), /Be careful/);
    const body = renderDetails(base, { run: made(full), environment: '', now: 0 }, context());
    assert.match(shown(body), /Be careful/);
    assert.match(detailText(base, made(full))?.text ?? '', /Be careful/);
    assert.equal(renderDetails('other', { run: made(full), environment: '', now: 0 }, context()), undefined);
    assert.equal(renderDetails(base, { run: made({}), environment: '', now: 0 }, context()), undefined);
  });

  it('leave out that the machine of an ended run is gone, and what the head says', () => {
    const rows = (members: Members): number => elements(details(members), (_, tag) => tag === 'tr').length;
    const [ended, works] = [{ state: 'SUCCEEDED' }, { state: 'INPROGRESS' }];
    assert.equal(rows({ ...ended, is_sandbox_running: false }), rows(ended));
    assert.equal(rows({ ...works, is_sandbox_running: false }), rows(works) + 1);
    assert.ok(!shown(details({ title: 'Only in the head' })).includes('Only in the head'));
  });

  it('leave out what the service does not tell', () => {
    const rows = elements(details({}), (_, tag) => tag === 'tr').length;
    assert.ok(rows < elements(details(full), (_, tag) => tag === 'tr').length / 2);
    assert.ok(!shown(details({})).includes('undefined'));
  });

  it('fit a message to the page whatever the service tells', () => {
    const huge = {
      ...full,
      galaxy: Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, 'x'.repeat(99)])),
    };
    const node = details({ ...huge, title: 'y'.repeat(100_000) });
    assert.ok(Buffer.byteLength(JSON.stringify(node)) < 60_000);
    assert.ok(elements(node, ({ does, name }) => does === 'open' && name === 'raw').length > 0);
  });
});

describe('the header on the page', () => {
  const messages = (first: Members, then: Members, now: number): string[] => {
    const changes = new PageChanges();
    const content = (members: Members, at: number) => ({
      parts: { ...top(members, { now: at }), pending: null },
      layout: { chunks: [], entries: 0, seen: 0, last: null, active: true },
    });
    const start = Date.parse('2026-11-22T11:00:05Z');
    changes.loaded(content(first, start));
    changes.ready();
    return changes.messages(content(then, start + now)).map((one) => (one.type === 'part' ? one.name : one.type));
  };
  const run = { state: 'INPROGRESS', started_at: '2026-11-22T11:00:05Z' };

  it('is not made anew because time passes', () => {
    assert.deepEqual(messages(run, run, 5000), []);
  });

  it('is made anew when the details say something else', () => {
    assert.deepEqual(messages(run, { ...run, executor: { uid: 'agent-7' } }, 0), ['header']);
  });
});
