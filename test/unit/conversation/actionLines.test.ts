import assert from 'node:assert/strict';
import { actionLine } from '../../../src/conversation/actionLine';
import { eventLine } from '../../../src/conversation/eventLine';
import { renderBody } from '../../../src/conversation/renderBody';
import { renderEntry } from '../../../src/conversation/renderEntry';
import { childrenOf, textOf, type ViewNode } from '../../../src/conversation/viewNodes';
import { readConversation, type Block, type Pending } from '../../../src/model/conversation';
import { action, answer, context, message, result, step } from './samples';

type Json = Record<string, unknown>;

function blocks(content: unknown[], pending: Pending = 'unanswered'): Block[] {
  const { entries } = readConversation(answer(step([message('assistant', 1, ...content)])), pending);
  return entries.flatMap((entry) => (entry.kind === 'message' ? entry.blocks : []));
}

function lineOf(content: unknown[], pending?: Pending): string {
  const [block] = blocks(content, pending);
  assert.ok(block?.kind === 'action' || block?.kind === 'event');
  const { sentence, facts } = block.kind === 'action' ? actionLine(block, context()) : eventLine(block, context());
  return [sentence.map(textOf).join(''), ...facts.map(textOf)].join(' | ');
}

const done = (category: string, name: string, input: Json, output: Json = {}, state = 'completed'): string =>
  lineOf([action('a', category, name, input), result('a', state, output)]);

/** What an action of each kind says once it is done. */
const lines: [category: string, name: string, input: Json, output: Json, said: string][] = [
  ['command', 'run_command', { command: 'npm test' }, { exit_code: 0 }, 'Ran npm test | exit 0'],
  ['command', 'run_command', { command: '# All\nset -e\nnpm ci\nnpm t' }, {}, 'Ran npm ci | 4 lines'],
  ['command', 'run_command', { command: 'x' }, { snapshot: { output: '…' } }, 'Ran x | left running'],
  ['command', 'run_command', { command: 'x' }, { status: 'running' }, 'Ran x | left running'],
  ['command', 'write_to_command', { command_id: '7', input: 'y\n' }, {}, 'Typed y into the terminal'],
  ['command', 'read_shell_command_output', { command_id: '7' }, { command: 'top' }, 'Read what top printed'],
  ['command', 'transfer_shell_command_control_to_user', {}, {}, 'The terminal was left to a person'],
  ['files', 'read_files', { files: [{ name: 'a', line_ranges: [{ start: 1, end: 4 }] }] }, {}, 'Read a:1-4'],
  [
    'files',
    'read_files',
    { files: ['a', 'b', 'c'] },
    { failed_files: [{}] },
    'Read a and 2 more | 1 could not be read',
  ],
  ['files', 'apply_file_diffs', { new_files: [{ file_path: 'a', content: 'x' }] }, {}, 'Created a | +1'],
  ['files', 'apply_file_diffs', { deleted_files: ['a', 'b'] }, {}, 'Deleted a and 1 more'],
  ['files', 'edit_files', {}, { diff: 'diff --git a/x b/y\nrename from x\nrename to y\n' }, 'Renamed y'],
  ['files', 'apply_file_diffs', { v4a_updates: ['*** Update File: a\n@@\n-x\n+y'] }, {}, 'Edited a | +1 \u22121'],
  ['files', 'upload_file_artifact', { path: 'r.html', description: 'Report' }, {}, 'Uploaded r.html | Report'],
  ['search', 'grep', { queries: ['a', 'b'], path: 'src' }, { files: ['x'] }, 'Searched for a, b | in src | 1 found'],
  [
    'search',
    'grep',
    { query: 'a' },
    {
      matched_files: [{ file_path: 'x', matched_lines: [{ line_number: 1 }, { line_number: 2 }] }, { file_path: 'y' }],
    },
    'Searched for a | 2 found in 2 files',
  ],
  ['search', 'web_search', { query: 'a' }, { results: [{}, {}] }, 'Searched the web for a | 2 found'],
  ['search', 'web_fetch', { urls: ['https://a.example', 'b'] }, {}, 'Read https://a.example and 1 more'],
  [
    'integration',
    'call_mcp_tool',
    { server: 'linear', name: 'create', args: { title: 'T', labels: [1, 2], to: { a: 1 } } },
    {},
    'Called create (title: T, labels: [2], to: {…}) | linear',
  ],
  ['integration', 'read_mcp_resource', { uri: 'db://x' }, {}, 'Read the resource db://x'],
  ['documents', 'suggest_create_plan', { title: 'P' }, {}, 'Suggested the plan “P”'],
  ['documents', 'create_documents', { documents: [{ title: 'A' }, { title: 'B' }] }, {}, 'Wrote A and 1 more'],
  ['computer', 'use_computer', { action_summary: 'Click' }, { screenshot_uid: 'u' }, 'Computer: Click | 1 screenshot'],
  ['computer', 'start_recording', {}, {}, 'Started recording'],
  [
    'review',
    'insert_review_comments',
    { comments: [{ path: 'a' }, { path: 'b' }] },
    {},
    'Wrote review comments | 2 comments | in 2 files',
  ],
  ['skill', 'read_skill', { skill_path: 'a/SKILL.md', name: 'a' }, {}, 'Read the skill a'],
  [
    'integration',
    'ask_user_question',
    { questions: [{ question: 'Q?' }] },
    { answers: ['A'] },
    'Asked: Q? | answer: A',
  ],
  ['integration', 'start_agent', { name: 'Tests' }, {}, 'Started Tests'],
  ['integration', 'run_agents', { agents: ['A', 'B'] }, {}, 'Started 2 agents'],
  ['integration', 'send_message_to_agent', { agent_id: 'B', message: 'Hello' }, {}, 'Wrote to B: Hello'],
  ['integration', 'update_todos', { todos: [{ title: 'a', status: 'done' }, 'b'] }, {}, 'To do | 1 of 2 done'],
  ['', 'wait_for_events', { seconds: 3 }, {}, 'Wait for events (seconds: 3)'],
  ['', 'suggestPrompt', { title: 'Go on' }, {}, 'Suggest prompt: Go on'],
  ['FILES', 'read_files', { path: 'a' }, {}, 'Read a'],
];

/** What an event says. */
const events: [name: string, data: Json, said: string][] = [
  ['model_used', { model_name: 'Fast', model_id: 'x' }, 'Model: Fast'],
  ['summarization', { summary: 'All **well**' }, 'Summarized what came before: All well'],
  ['agent_reasoning', { text: 'So it is' }, 'Thought: So it is'],
  ['tool_error', { error: 'It broke' }, 'Tool error: It broke'],
  ['error', { error: { message: 'It broke' } }, 'Error: It broke'],
  ['SkillInvoked', { name: 'a' }, 'Used the skill a'],
  ['artifact_created', { artifact_type: 'plan', title: 'P' }, 'PLAN: P'],
  ['artifact_event', { artifact_type: 'pull_request', url: 'https://github.com/a/b/pull/7' }, 'PULL_REQUEST: a/b #7'],
  ['web_search', { query: 'q', results: [1] }, 'Searched the web for q | 1 found'],
  ['num_comments_addressed', { count: 3 }, '3 review comments addressed'],
  ['comments_received', { count: 3 }, 'Comments received | 3 comments'],
  [
    'messages_received_from_agents',
    { messages: [{ subject: 'Hi' }, {}] },
    'Messages received from agents: Hi | 2 messages',
  ],
  ['update_todos', { completed_todos: ['a'] }, 'To do | 1 of 1 done'],
  ['subagent', { name: 'Reviewer' }, 'Started Reviewer'],
  ['run_started', { run_id: 'r', conversationId: 'c' }, 'Run started'],
  ['paid', { paid: 3 }, 'Paid (paid: 3)'],
  ['quota', {}, 'Quota'],
];

describe('the line of an action', () => {
  for (const [category, name, input, output, said] of lines) {
    it(`says: ${said}`, () => {
      assert.equal(done(category, name, input, output), said);
    });
  }

  it('tells its state', () => {
    const run = (state: string, output: Json = {}): string => done('command', 'run', { command: 'x' }, output, state);
    assert.equal(run('failed', { exit_code: 2 }), 'Ran x | exit 2');
    assert.equal(run('failed'), 'Ran x | failed');
    assert.equal(run('denied'), 'Run x | denied');
    assert.equal(run('HIBERNATING'), 'Ran x | hibernating');
    const call = action('a', 'command', 'run', { command: 'x' });
    assert.equal(lineOf([call], 'running'), 'Running x');
    assert.equal(lineOf([call], 'waiting'), 'Run x | waits for an answer');
    assert.equal(lineOf([call], 'unanswered'), 'Run x | no result');
    assert.equal(lineOf([call, result('a', 'running', {}), result('a', 'completed', {})], 'running'), 'Ran x');
    assert.equal(lineOf([result('b', 'completed', { command: 'y', exit_code: 0 })]), 'Ran y | exit 0');
  });

  it('says of a command that went on when its run was over that it was left running', () => {
    const served = [action('a', 'command', 'run', { command: 'x' }), result('a', 'completed', { is_running: true })];
    assert.equal(lineOf(served, 'running'), 'Ran x | still running');
    assert.equal(lineOf(served, 'unanswered'), 'Ran x | left running');
  });

  it('tells what never ended from what never said anything', () => {
    const call = action('a', 'command', 'run', { command: 'x' });
    assert.equal(lineOf([call, result('a', 'running', { output: 'so far' })]), 'Ran x | not finished');
    assert.equal(lineOf([call]), 'Run x | no result');
  });

  it('says once that files could not be read', () => {
    assert.equal(
      done('files', 'read_files', { path: 'a' }, { failed_files: [{}] }, 'failed'),
      'Read a | 1 could not be read',
    );
    assert.equal(done('files', 'read_files', { path: 'a' }, {}, 'failed'), 'Read a | failed');
  });

  it('counts sub-runs that have a name each', () => {
    const agents = ['A', 'B'].map((name, index) => ({ name, run_id: `01990c2e-0000-7000-8000-00000000000${index}` }));
    assert.equal(done('integration', 'run_agents', { agents }), 'Started 2 sub-runs');
  });

  it('does not say of an edit that failed that it was made', () => {
    assert.equal(done('files', 'edit_files', { file_paths: ['a'] }, { error: 'no' }, 'failed'), 'Edit a | failed');
  });
});

describe('the line of an event', () => {
  for (const [name, data, said] of events) {
    it(`says: ${said}`, () => {
      assert.equal(lineOf([{ type: 'event', name, data }]), said);
    });
  }

  it('is that of a block of the same name', () => {
    assert.equal(lineOf([{ type: 'reasoning', text: 'So it is' }]), 'Thought: So it is');
  });
});

describe('a block', () => {
  const shown = (...content: unknown[]): string => {
    const [entry] = readConversation(answer(step([message('assistant', 1, ...content)])), 'waiting').entries;
    assert.ok(entry);
    return textOf(renderEntry(entry, { place: 0, folded: false }, context()));
  };
  const verbs = (node: ViewNode): string[] =>
    typeof node === 'string'
      ? []
      : [
          ...(typeof node[1] === 'object' && node[1].does ? [`${node[1].does} ${node[1].name ?? ''}`.trim()] : []),
          ...childrenOf(node).flatMap(verbs),
        ];
  const bodyVerbs = (content: unknown): string[] => {
    const [block] = blocks([content]);
    assert.ok(block);
    return verbs(renderBody(block, false, context()));
  };

  it('of an unknown kind is one line with its most telling member', () => {
    assert.match(shown({ type: 'hologram', title: 'A cart', points: 3 }), /hologram: A cart/);
    assert.match(shown({ type: 'chart', series: 4 }), /chart \(series: 4\)/);
    assert.match(shown('just a text'), /just a text/);
  });

  it('shows what is asked while the run waits', () => {
    const ask = action('a', 'integration', 'ask_user_question', {
      questions: [{ question: 'Q?', options: ['Yes', 'No'] }],
    });
    assert.match(shown(ask), /Q\?.*Q\?YesNo/s);
  });

  it('of any kind can be seen as the service sent it', () => {
    const ways = [
      bodyVerbs(action('a', 'command', 'run', { command: 'x' })),
      bodyVerbs({ type: 'event', name: 'agent_reasoning', data: { text: 'x' } }),
    ];
    assert.deepEqual(
      ways.map((all) => all.includes('body raw')),
      [true, true],
    );
    assert.ok(bodyVerbs({ type: 'event', name: 'quota', data: {} }).includes('open raw'));
    assert.ok(bodyVerbs({ type: 'hologram' }).includes('open raw'));
  });

  it('leads to the runs that it names', () => {
    const runId = '01990c2e-0000-7000-8000-000000000009';
    const [entry] = readConversation(
      answer(
        step([
          message('assistant', 1, action('a', '', 'start_agent', { name: 'T' })),
          message('tool', 2, result('a', 'completed', { run_id: runId }), {
            type: 'event',
            name: 'subagent',
            data: { name: 'own', task_id: 'not a run' },
          }),
        ]),
      ),
      'unanswered',
    ).entries;
    assert.ok(entry);
    const asked: string[] = [];
    const node = renderEntry(entry, { place: 0, folded: false }, { ...context(), run: (id) => asked.push(id) });
    assert.deepEqual(asked, [runId]);
    assert.ok(verbs(node).includes('run'));
  });
});
