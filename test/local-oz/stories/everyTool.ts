import type { Script } from '../script';
import { act } from './oneAction';

export function tools(script: Script): void {
  act(
    script,
    'integration',
    'call_mcp_tool',
    {
      server: 'linear',
      name: 'create_issue',
      args: { title: 'Round half to even', team: 'Shop', labels: ['bug', 'money'], priority: 2 },
    },
    {
      result: {
        content: [
          { type: 'text', text: '{"id":"SHOP-812","url":"https://linear.app/acme/issue/SHOP-812"}' },
          { type: 'image', mimeType: 'image/png' },
        ],
      },
    },
  );
  act(
    script,
    'integration',
    'call_mcp_tool',
    { server: 'grafana', name: 'query', input: { expr: 'up' } },
    { error: { message: 'The server did not answer.' } },
    { state: 'failed' },
  );
  act(
    script,
    'integration',
    'read_mcp_resource',
    { name: 'schema', uri: 'db://shop/schema' },
    { resource_contents: [{ uri: 'db://shop/schema', text: 'create table lines (price int);' }] },
  );
  act(
    script,
    'integration',
    'report_pr',
    { title: 'Round half to even', branch: 'oz/rounding' },
    { url: 'https://github.com/acme/storefront/pull/1860', number: 1860 },
  );
}

export function documents(script: Script, screenshot: string): void {
  act(
    script,
    'documents',
    'suggest_create_plan',
    { title: 'Round in one place', content: '## Steps\n\n1. Find them\n2. Replace them' },
    { document_id: 'doc-1' },
  );
  act(
    script,
    'documents',
    'create_documents',
    { documents: [{ title: 'Prices' }, { title: 'Taxes' }] },
    { documents: [{ document_id: 'doc-2', content: '# Prices\n\nIn cents.' }] },
  );
  act(
    script,
    'documents',
    'edit_documents',
    { diffs: [{ document_id: 'doc-2', search: 'In cents.', replace: 'In cents, as integers.' }] },
    {},
  );
  act(script, 'documents', 'read_documents', { document_id: 'doc-2' }, {});
  act(script, 'computer', 'request_computer_use', { task_summary: 'Look at the cart in a browser' }, {});
  act(
    script,
    'computer',
    'use_computer',
    { action_summary: 'Open the cart and put two shoes into it' },
    { screenshot_uid: screenshot, summary: 'The total says **159.80 €**.' },
  );
  act(
    script,
    'computer',
    'use_computer',
    { action_summary: 'Scroll to the end' },
    { screenshots: [{ screenshot_uid: 'not-kept' }] },
  );
  act(script, 'computer', 'start_recording', {}, {});
  act(script, 'computer', 'stop_recording', {}, { artifact_uid: 'rec', duration_ms: 42_000 });
  act(script, 'review', 'open_code_review', {}, {});
  act(
    script,
    'review',
    'insert_review_comments',
    {
      repo_path: '.',
      base_branch: 'main',
      comments: [
        { file_path: 'src/price.ts', line: 7, body: 'This rounds **twice**.' },
        { file_path: 'src/tax.ts', line_number: 19, body: 'A name would help.' },
        { body: 'Well tested.' },
      ],
    },
    {},
  );
  act(
    script,
    'skill',
    'read_skill',
    { skill_path: '.agents/skills/rounding/SKILL.md', name: 'rounding' },
    { content: '# Rounding\n\nHalf to even, always.' },
  );
  act(script, 'skill', 'read_skill', { bundled_skill_id: 'oz-platform' });
}
