import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LaunchOptions } from '../../../src/model/launchOptions';
import { optionsOf } from '../../../src/model/launchOptions';
import { launchRequest } from '../../../src/model/launchRequest';
import { layered, layerOf, namedItem, rememberedOptions } from '../../../src/model/optionLayers';
import type { LaunchRequest } from '../../../src/oz/types';

const text = fc.string({ minLength: 1 });
const config = fc.record(
  {
    name: text,
    base_prompt: text,
    mcp_servers: fc.dictionary(text, fc.record({ command: text }, { noNullPrototype: true }), {
      minKeys: 1,
      noNullPrototype: true,
    }),
    computer_use_enabled: fc.boolean(),
    idle_timeout_minutes: fc.integer({ min: 1, max: 60 }),
    worker_host: text,
    harness: fc.record(
      { type: fc.constantFrom('oz', 'claude', 'gemini', 'codex'), model_id: text },
      { noNullPrototype: true },
    ),
    harness_auth_secrets: fc.record({ claude_auth_secret_name: text, tomorrow: text }, { noNullPrototype: true }),
    session_sharing: fc.record({ public_access: fc.constantFrom('VIEWER', 'EDITOR') }, { noNullPrototype: true }),
    runner_id: text,
  },
  { requiredKeys: ['runner_id'], noNullPrototype: true },
);
/** Launches with every member that an option stands for, and with some of tomorrow. */
const requests = fc.record(
  {
    prompt: text,
    config,
    team: fc.boolean(),
    agent_identity_uid: text,
    conversation_id: text,
    parent_run_id: text,
    interactive: fc.boolean(),
    attachments: fc.array(fc.constant({ file_name: 'a', mime_type: 'text/plain', data: 'QQ==' }), { minLength: 1 }),
    mode: text,
  },
  { requiredKeys: ['prompt', 'config'], noNullPrototype: true },
) as fc.Arbitrary<LaunchRequest>;

describe('the options of a launch', () => {
  it('are read back from any launch so that it is launched the same', () => {
    fc.assert(
      fc.property(requests, (like) => {
        const plan = { prompt: like.prompt ?? '', title: '', like, options: optionsOf(like) };
        assert.deepEqual(launchRequest(plan), like);
      }),
    );
  });

  it('each stand for a member, and without them there is none', () => {
    const options: Required<LaunchOptions> = {
      name: 'Nightly',
      team: true,
      identity: { id: 'bot', name: 'The bot' },
      basePrompt: 'Be kind',
      mcpServers: { file: 'file:///mcp.json' },
      computerUse: false,
      idleTimeoutMinutes: 5,
      workerHost: 'rack-1',
      harness: 'claude',
      harnessModel: 'opus',
      harnessReasoning: 'high',
      harnessSecret: 'CLAUDE',
      sharing: 'VIEWER',
      attachments: [{ uri: 'file:///a.png', name: 'a.png', mimeType: 'image/png', size: 1 }],
      keptAttachments: true,
      parentRun: { id: 'p', name: 'Parent' },
      conversation: 'c',
      interactive: true,
    };
    const contents = {
      mcpServers: { db: { command: 'db' } },
      attachments: [{ file_name: 'a.png', mime_type: 'image/png', data: 'AA==' }],
    };
    const earlier = { file_name: 'b.txt', mime_type: 'text/plain', data: 'QQ==' };
    const before = { attachments: [earlier] };
    const request = launchRequest({ prompt: 'Go', title: '', options, contents, like: before });
    assert.deepEqual(request, {
      prompt: 'Go',
      team: true,
      agent_identity_uid: 'bot',
      conversation_id: 'c',
      parent_run_id: 'p',
      interactive: true,
      attachments: [earlier, ...contents.attachments],
      config: {
        name: 'Nightly',
        base_prompt: 'Be kind',
        mcp_servers: contents.mcpServers,
        computer_use_enabled: false,
        idle_timeout_minutes: 5,
        worker_host: 'rack-1',
        harness: { type: 'claude', model_id: 'opus', reasoning_level: 'high' },
        harness_auth_secrets: { claude_auth_secret_name: 'CLAUDE' },
        session_sharing: { public_access: 'VIEWER' },
      },
    });
    // What an earlier launch had goes when it is taken away here.
    const without = launchRequest({ prompt: 'Go', title: '', options: {}, like: request });
    assert.deepEqual(without, { prompt: 'Go' });
  });

  it('never have the servers themselves, which may hold secrets', () => {
    const mcp_servers = { db: { command: 'db', env: { TOKEN: 'canary' } } };
    const options = optionsOf({ config: { mcp_servers } });
    assert.ok(!JSON.stringify(options).includes('canary'));
    assert.deepEqual(options, { mcpServers: { asBefore: true } });
  });
});

describe('layers of options', () => {
  const chosen = { name: 'mine', team: null, computerUse: false } as const;
  const settings = { name: 'theirs', team: true, workerHost: 'w' };

  it('hold from the top, and a deliberate none hides what is below', () => {
    const layers = [chosen, { workerHost: undefined }, settings];
    assert.deepEqual(layered(layers), { name: 'mine', computerUse: false, workerHost: 'w' });
    assert.deepEqual(
      (['name', 'team', 'workerHost', 'harness'] as const).map((name) => layerOf(layers, name)),
      [0, 0, 2, -1],
    );
  });

  it('are remembered but for what belongs to one launch', () => {
    const now = { name: null, conversation: 'c', attachments: [], interactive: true, harness: 'codex' };
    assert.deepEqual(rememberedOptions({ workerHost: 'w' }, now), { workerHost: 'w', harness: 'codex' });
  });
});

describe('namedItem', () => {
  const items = [
    { id: 'env-1', name: 'Shop' },
    { id: 'env-2', name: 'Infra' },
    { id: 'env-3', name: 'infra ' },
    { id: 'shop', name: 'Other' },
  ];
  const named = (words: string): string | undefined =>
    namedItem(
      items,
      words,
      ({ id }) => id,
      ({ name }) => name,
    )?.id;

  it('finds by the id before the name, in whatever letters, and never one of two', () => {
    assert.deepEqual(['env-1', 'ENV-2', 'OTHER', 'SHOP', 'infra', 'nothing'].map(named), [
      'env-1',
      'env-2',
      'shop',
      'shop',
      undefined,
      undefined,
    ]);
  });
});
