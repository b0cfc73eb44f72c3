import type { Script } from '../script';
import { act, type Json } from './oneAction';

/** A run of nobody's: what leads to it says that it is not there. */
const someRun = '0199d2a0-6c1e-7f00-8000-0000000000b1';

export function talk(script: Script): void {
  act(
    script,
    'integration',
    'start_agent',
    { name: 'Tests for rounding', prompt: 'Write the tests.' },
    { run_id: someRun },
  );
  const odd = (name: string, input: Json, output?: Json): void => {
    act(script, 'integration', name, input, output);
  };
  odd(
    'run_agents',
    { agents: ['Tests', 'Documentation'] },
    { agents: [{ run_id: someRun }, { name: 'Documentation' }] },
  );
  odd('send_message_to_agent', { agent_id: 'Tests for rounding', message: 'Take the cases from the issue, too.' }, {});
  odd('wait_for_events', { timeout_seconds: 300 }, {});
  odd('subagent', { name: 'Reviewer' }, { summary: 'No objection.' });
  odd('fetch_conversation', { conversation_id: 'c-1' }, {});
  odd('init_project', {}, {});
  odd('suggest_prompt', { prompt: 'Round the taxes, too' }, {});
  odd(
    'update_todos',
    {
      todo_list: [
        { title: 'Find them', status: 'completed' },
        { title: 'Replace them', status: 'in_progress' },
        { title: 'Tell the others' },
      ],
    },
    {},
  );
  odd(
    'ask_user_question',
    {
      questions: [
        { question: 'Half to even, or half up?', options: [{ label: 'Half to even' }, { label: 'Half up' }] },
      ],
    },
    { answers: ['Half to even'] },
  );
  odd('ask_user_question', {
    questions: [{ question: 'And for taxes?', options: ['The same', 'Half up'] }, { question: 'From when on?' }],
  });
}

export function events(script: Script): void {
  const all: [string, Json][] = [
    ['conversation_started', { conversation_id: 'c-2' }],
    ['run_started', { run_id: someRun, run_url: 'https://oz.warp.dev/runs/1' }],
    ['shared_session_established', { join_url: 'https://app.warp.dev/session/1' }],
    ['update_todos', { completed_todos: [{ title: 'Find them' }], pending_todos: [{ title: 'Replace them' }] }],
    ['summarization', { summary: 'Prices were rounded in **three** places; now in one.' }],
    ['web_search', { query: 'bankers rounding', results: [{}, {}] }],
    ['web_fetch', { url: 'https://example.com/rounding' }],
    ['artifact_created', { artifact_type: 'pull_request', url: 'https://github.com/acme/storefront/pull/1860' }],
    ['artifact_event', { artifact_type: 'plan', title: 'Round in one place' }],
    ['artifact_created', { artifact_type: 'screenshot', description: 'The cart' }],
    ['artifact_created', { artifact_type: 'file', filepath: 'reports/coverage.html' }],
    ['SkillInvoked', { name: 'rounding' }],
    ['num_comments_addressed', { count: 3 }],
    ['update_review_comments', { comments: [{ body: 'Done' }] }],
    ['messages_received_from_agents', { messages: [{ subject: 'The tests are there' }, { subject: 'Two fail' }] }],
    ['events_from_agents', { events: [{ type: 'agent_finished' }] }],
    ['tool_error', { error: 'The editor went away while it was written to.' }],
    ['tool_canceled', {}],
    ['quota', { used: 812, of: 1000, resets: 'tomorrow' }],
  ];
  for (const [name, data] of all) script.event(name, data);
}
