import type { Script } from '../script';
import { act } from './oneAction';

export function commands(script: Script): void {
  script.run(
    'npm test',
    '\u001b[32m✓\u001b[0m 214 passed\n\u001b[1;41;37m FAIL \u001b[0m \u001b[38;5;208mone\u001b[0m \u001b[38;2;120;80;200mis slow\u001b[0m \u001b[7minverse\u001b[0m',
    { takes: 12 },
  );
  script.run('# Build everything\nset -e\nnpm ci\nnpm run build -- --mode production', 'built in 9.2 s', { takes: 64 });
  script.run('npm run e2e', 'Error: page closed\n    at checkout.spec.ts:88', { exit: 1, takes: 41 });
  act(
    script,
    'command',
    'run_command',
    { command: 'git push --force origin main' },
    { permission_denied: { reason: 'Pushing to main is not allowed here.' } },
    { state: 'denied' },
  );
  act(
    script,
    'command',
    'run_shell_command',
    { command: 'npm run dev' },
    { long_running_command_snapshot: { output: 'Local: http://localhost:5173/' }, command_id: 'cmd-1' },
  );
  act(
    script,
    'command',
    'write_to_long_running_shell_command',
    { command_id: 'cmd-1', input: 'r\n' },
    { command: 'npm run dev', output: 'restarted', status: 'running' },
  );
  act(
    script,
    'command',
    'read_shell_command_output',
    { command_id: 'cmd-1' },
    { command: 'npm run dev', output: '\r10 %\r55 %\r100 %\nready in 412 ms', exit_code: 0 },
  );
  act(script, 'command', 'transfer_shell_command_control_to_user', { command_id: 'cmd-1' }, {});
  act(
    script,
    'command',
    'run_command',
    { command: 'sleep 600' },
    { status: 'running', output: 'still here' },
    { state: 'running' },
  );
  act(script, 'command', 'run_command', { command: 'curl -s https://status.example/' });
  script.message('tool', [
    {
      type: 'action_result',
      action_id: 'act_of_nobody',
      category: 'command',
      name: 'run_command',
      state: 'completed',
      output: { command: 'whoami', output: 'agent', exit_code: 0 },
    },
  ]);
}

export function edits(script: Script): void {
  act(
    script,
    'files',
    'read_files',
    {
      files: [
        { name: 'src/cart/total.ts', line_ranges: [{ start: 1, end: 40 }] },
        { name: 'src/cart/cart.ts' },
        { name: 'README.md' },
      ],
    },
    {
      files: [{ file_path: 'src/cart/total.ts', content: 'export const total = 0;\n' }],
      failed_files: [{ path: 'README.md', message: 'There is no such file' }],
    },
  );
  script.edit(
    'Sum in cents',
    ['src/cart/total.ts', 'src/cart/cart.ts', 'docs/prices.md', 'src/cart/old.ts'],
    everyEdit,
  );
  act(
    script,
    'files',
    'apply_file_diffs',
    {
      summary: 'Say it shorter',
      diffs: [
        { file_path: 'src/cart/cart.ts', search: 'const a = 1;\nconst b = 2;', replace: 'const [a, b] = [1, 2];' },
      ],
      new_files: [{ file_path: 'src/cart/pair.ts', content: 'export type Pair = [number, number];\n' }],
      deleted_files: ['src/cart/unused.ts'],
    },
    { updated_files: ['src/cart/cart.ts'] },
  );
  act(
    script,
    'files',
    'apply_patch',
    { patch: '*** Begin Patch\n*** Update File: src/app.ts\n@@ start()\n-listen(80);\n+listen(8080);\n*** End Patch' },
    {},
  );
  act(
    script,
    'files',
    'edit_files',
    { title: 'Rename it', file_paths: ['src/b.ts'] },
    { patch: 'diff --git a/src/a.ts b/src/b.ts\nsimilarity index 100%\nrename from src/a.ts\nrename to src/b.ts\n' },
  );
  act(
    script,
    'files',
    'edit_files',
    { file_paths: ['media/icon.png'] },
    {
      patch:
        'diff --git a/media/icon.png b/media/icon.png\nindex 1..2 100644\nBinary files a/media/icon.png and b/media/icon.png differ\n',
    },
  );
  act(
    script,
    'files',
    'edit_files',
    { file_paths: ['src/cart/total.ts'] },
    { error: 'The text to replace was found 3 times.' },
    { state: 'failed' },
  );
  act(
    script,
    'files',
    'upload_file_artifact',
    { path: 'reports/coverage.html', description: 'Coverage of the cart' },
    { artifact_uid: 'cov', filepath: 'reports/coverage.html', mime_type: 'text/html', size_bytes: 48213 },
  );
}

export function searches(script: Script): void {
  act(
    script,
    'search',
    'grep',
    { queries: ['priceOf', 'taxOf'], path: 'src' },
    {
      matched_files: [
        { file_path: 'src/tax.ts', matched_lines: [{ line_number: 4 }, { line_number: 19 }] },
        { file_path: 'src/price.ts', matched_lines: [{ line_number: 7 }] },
      ],
    },
  );
  act(
    script,
    'search',
    'search_codebase',
    { query: 'where prices are rounded', codebase_path: '/workspace/storefront' },
    { files: ['src/price.ts', 'src/round.ts'] },
  );
  act(script, 'search', 'file_glob_v2', { patterns: ['**/*.sql'], search_dir: 'db' }, { matched_files: [] });
  act(
    script,
    'search',
    'web_search',
    { query: 'half-even rounding in JavaScript' },
    { results: [{ title: 'Rounding half to even', url: 'https://en.wikipedia.org/wiki/Rounding' }] },
  );
  act(
    script,
    'search',
    'web_fetch',
    { urls: ['https://en.wikipedia.org/wiki/Rounding', 'https://example.com/'] },
    { pages: [{ title: 'Rounding', url: 'https://en.wikipedia.org/wiki/Rounding' }] },
  );
}

const everyEdit = `--- a/src/cart/total.ts
+++ b/src/cart/total.ts
@@ -10,7 +10,8 @@ export function total(lines: readonly Line[]): number {
   let sum = 0;
   for (const line of lines) {
-    sum += Math.round(line.price * line.count * 100) / 100; // twice rounded
+    // In cents: nothing is rounded before the end.
+    sum += line.cents * line.count;
   }
   return sum;
 }
@@ -88,3 +89,3 @@ function shown(cents: number): string {
-  return \`\${cents} €\`;
+  return new Intl.NumberFormat('de', { style: 'currency', currency: 'EUR' }).format(cents / 100);
 }
--- /dev/null
+++ b/docs/prices.md
@@ -0,0 +1,3 @@
+# Prices
+
+They are **cents**.
--- a/src/cart/old.ts
+++ /dev/null
@@ -1,2 +0,0 @@
-export const old = true;
-export default old;
`;
