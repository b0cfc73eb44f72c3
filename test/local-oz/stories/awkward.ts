import type { Act } from '../script';
import { told, type Story } from './story';

/** Conversations in shapes that are allowed and seldom seen. */

export const deniedActions = told((script) => {
  script.say('The tokens are in three places. I will move them one by one.');
  script.act({
    category: 'command',
    name: 'run_command',
    input: { command: 'rm -rf design/tokens && git push --force origin main' },
    output: { error: 'Denied by the allow-list of this environment.' },
    state: 'denied',
    takes: 1,
  });
  script.act({
    category: 'files',
    name: 'read_files',
    input: { files: [{ path: 'design/tokens.json' }, { path: '/etc/shadow' }] },
    output: {
      files: [{ path: 'design/tokens.json', lines: [{ start: 1, end: 88 }] }],
      failed_files: [{ path: '/etc/shadow', message: 'Permission denied' }],
    },
    state: 'failed',
    takes: 1,
  });
  script.run('npm run tokens', 'sh: 1: style-dictionary: not found\nnpm error code 127', { exit: 127, takes: 3 });
  script.act({
    category: 'files',
    name: 'edit_files',
    input: { title: 'Move the colours', file_paths: ['design/colors.json'] },
    output: { error: 'The text to replace was found 3 times.' },
    state: 'failed',
    takes: 1,
  });
  script.act({
    category: 'computer',
    name: 'request_computer_use',
    input: { task_summary: 'Compare the pages side by side' },
    output: { message: 'Computer use is switched off for this team.' },
    state: 'denied',
    takes: 1,
  });
  script.say('I cannot go on without `style-dictionary`, and the environment does not install it.');
});

/** Results that are missing, come twice or belong to nothing; steps and messages with nothing in them. */
export const looseEnds: Story = (script, { prompt }) => {
  script.step('', () => {
    script.user(prompt);
    script.message('assistant', []);
    const action = (id: string, command: string): void => {
      script.message('assistant', [
        { type: 'action', id, category: 'command', name: 'run_command', input: { command } },
      ]);
    };
    const result = (id: string, state: NonNullable<Act['state']>, output: Record<string, unknown>): void => {
      script.message('tool', [
        { type: 'action_result', action_id: id, category: 'command', name: 'run_command', state, output },
      ]);
    };
    action('act_never', 'npm run flags:report');
    action('act_twice', 'npm run flags:remove -- old-checkout');
    result('act_twice', 'running', { status: 'running', output: 'removing 1 of 9' });
    result('act_twice', 'running', { status: 'running', output: 'removing 1 of 9\nremoving 5 of 9' });
    result('act_twice', 'completed', { status: 'complete', exit_code: 0, output: 'removed 9 of 9' });
    result('act_nobody', 'completed', { status: 'complete', exit_code: 0, output: 'a result without its action' });
    result('act_early', 'completed', { status: 'complete', exit_code: 0, output: 'this came before its action' });
    action('act_early', 'git status --short');
    action('act_same', 'echo one');
    action('act_same', 'echo one again, under the same id');
    result('act_same', 'completed', {});
    script.message('assistant', [{ type: 'text', text: '' }]);
    script.message('system', [{ type: 'event', name: 'model_used', data: {} }]);
    script.message('assistant', [
      { type: 'text', text: 'Text, an action and another text in one message:' },
      { type: 'action', id: 'act_plain', category: 'files', name: 'read_files', input: {} },
      { type: 'text', text: 'The action above has no input at all.' },
    ]);
    script.act({
      category: 'files',
      name: 'edit_files',
      input: { file_paths: 'not a list' },
      output: { diff: '--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n-this is all\n' },
    });
    script.step('', () => undefined);
    script.step('A step in a step in a step', () => {
      script.step('', () => {
        script.step('The innermost', () => {
          script.say('Nine flags are gone.');
        });
      });
    });
  });
  script.step('Said outside of the task', () => {
    script.message('user', [{ type: 'text', text: 'Thanks!' }]);
    script.message('assistant', [
      { type: 'text', text: 'The flags are removed; two of them were still read in tests.' },
    ]);
  });
};

export const jiraFeed = told((script) => {
  const call = (
    name: string,
    input: Record<string, unknown>,
    result: unknown,
    state: Act['state'] = 'completed',
  ): void => {
    script.act({
      category: 'integration',
      name: 'call_mcp_tool',
      input: { name, input },
      output: { result },
      state,
      takes: 3,
    });
  };
  call(
    'jira_search',
    { jql: 'project = FEED and status = "To do"' },
    {
      content: [
        {
          type: 'text',
          text: 'FEED-81 Prices without tax\nFEED-84 Sizes in three systems\nFEED-90 Images are too large',
        },
      ],
    },
  );
  call(
    'jira_get_issue',
    { key: 'FEED-84' },
    {
      structuredContent: {
        key: 'FEED-84',
        fields: { priority: 'High', labels: ['feed', 'sizes'], estimate: null, watchers: 4 },
      },
    },
  );
  call('render_chart', { kind: 'burn-down' }, { content: [{ type: 'image', mimeType: 'image/png', data: TINY_PNG }] });
  call(
    'read_board',
    { board: 12 },
    {
      content: [
        {
          type: 'resource',
          resource: {
            uri: 'jira://board/12',
            mimeType: 'application/json',
            text: '{"columns":["To do","Doing","Done"]}',
          },
        },
      ],
    },
  );
  call(
    'jira_transition',
    { key: 'FEED-84', to: 'Done' },
    { isError: true, content: [{ type: 'text', text: 'Transition 31 is not allowed' }] },
    'failed',
  );
  script.act({
    category: 'integration',
    name: 'read_mcp_resource',
    input: { name: 'jira', uri: 'jira://issue/FEED-84/comments' },
    output: { resource_contents: [{ text: 'Please use EU sizes as the base.' }] },
  });
  script.say(
    'Sizes are exported in EU, UK and US. The issue could not be moved to *Done*: the workflow wants a tester.',
  );
});

const TINY_PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const vitePlan = told((script) => {
  const todos = (done: number): void => {
    const titles = [
      'Read the migration guide',
      'Replace the two old plugins',
      'Build every package',
      'Compare the bundles',
      'Write down what changed',
    ];
    script.event('update_todos', {
      todos: titles.map((title, index) => ({
        title,
        description: index === 3 ? 'within 2 % of today' : '',
        status: index < done ? 'completed' : index === done ? 'in_progress' : 'pending',
      })),
    });
  };
  todos(0);
  script.event('web_fetch', { url: 'https://vite.dev/guide/migration', title: 'Migration' });
  todos(1);
  script.run(
    'npm ls --depth 0 | grep vite',
    '├── vite@7.4.1\n├── vite-plugin-legacy@7.0.2\n└── vite-tsconfig-paths@6.0.0',
  );
  todos(2);
  script.act({
    category: 'documents',
    name: 'edit_documents',
    input: {
      title: 'Moving to Vite 8',
      diffs: [{ document_id: 'doc-vite', search: 'plugins: ?', replace: 'plugins: two, both have a successor' }],
    },
    output: { document_id: 'doc-vite', content: '# Moving to Vite 8\n\nplugins: two, both have a successor' },
  });
  todos(5);
  script.event('complete_todos', { count: 5 });
  script.event('model_used', { model_id: 'claude-sonnet-5', display_name: 'Claude Sonnet 5' });
  script.event('summarization', { summary: 'Earlier messages were summarised.' });
  script.event('an_event_of_tomorrow', { anything: [1, { deep: { deeper: true } }] });
  script.say('The plan is attached. I expect a day of work, most of it in the two plugins.');
});

export const guestOrder = told((script) => {
  script.act({
    category: 'computer',
    name: 'request_computer_use',
    input: { task_summary: 'Order one pair of shoes as a guest' },
    output: { approved: true },
    takes: 8,
  });
  for (const summary of [
    'Open the shop',
    'Put size 42 into the cart',
    'Fill in the address',
    'Pay with the test card',
    'Read the order number',
  ]) {
    script.act({
      category: 'computer',
      name: 'use_computer',
      input: { action_summary: summary, coordinates: [640, 412] },
      output: { screenshot_uid: `shot-${summary.length}`, summary: `${summary}: done` },
      takes: 5,
    });
  }
  script.say(
    'Order 100482 went through in 41 seconds. The address form loses the house number when the country changes.',
  );
});

export const brandedGo: Story = told((script) => {
  script.say('Written by another vendor’s agent: only the transcript has this.');
});

export const postMortem = told((script) => {
  script.act({
    category: 'search',
    name: 'web_search',
    input: { query: 'connection pool exhaustion lambda postgres' },
    output: { results: [{ title: 'Why pools run dry', url: 'https://example.com/pools' }] },
  });
  script.act({
    category: 'documents',
    name: 'create_documents',
    input: { title: 'Post-mortem: payments were down for 23 minutes' },
    output: { document_id: 'doc-post-mortem' },
  });
  script.say(`The post-mortem is in the wiki. In one sentence: a deploy doubled the workers, and 2 × 60 connections are more than the database allows.

> Nobody was charged twice. 212 customers saw an error; 187 of them ordered later that day.

Follow-ups:
- [x] Alarm at 80 % of the connections
- [ ] Pool between the workers and the database
- [ ] Deploy one region at a time`);
});
