import { readFileSync } from 'node:fs';
import type { Result } from 'axe-core';
import type { Frame } from 'playwright-core';

declare const axe: { run(context: Document): Promise<{ violations: Result[]; passes: unknown[] }> };

let source: string | undefined;

/** What axe finds wrong in a frame, one line for each element; none when all is well. */
export async function axeViolations(frame: Frame): Promise<string[]> {
  source ??= readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  // Not a script element: the page's policy lets in none but its own.
  await frame.evaluate(source);
  const { violations, passes } = await frame.evaluate(() => axe.run(document));
  if (passes.length < 10) {
    throw new Error(`axe looked at ${passes.length} rules only`);
  }
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}\n  ${html.slice(0, 200)}\n  ${failureSummary}`),
  );
}
