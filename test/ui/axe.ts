import { readFileSync } from 'node:fs';
import type { AxeResults, CheckResult } from 'axe-core';
import type { Frame } from 'playwright-core';

declare const axe: { run(context: string): Promise<Pick<AxeResults, 'violations' | 'incomplete' | 'passes'>> };

let source: string | undefined;

/** With the lines of steps, and what stays in sight, over or behind a text, axe would not look at the colours of it. */
const plain = '.entry { background: none !important } #head, #foot, #find { position: static !important }';

/**
 * What axe finds wrong in a part of a frame, one line for each element; none when all is well. A text whose colours it
 * cannot tell because of its ground counts as wrong, one that is behind another thing does not.
 * @param within a selector
 */
export async function axeViolations(frame: Frame, within = 'html'): Promise<string[]> {
  source ??= readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  // Not a script element: the page's policy lets in none but its own.
  await frame.evaluate(source);
  const { violations, incomplete, passes } = await frame.evaluate(
    async ([selector = '', style = '']) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      document.adoptedStyleSheets.push(sheet);
      try {
        return await axe.run(selector);
      } finally {
        document.adoptedStyleSheets.pop();
      }
    },
    [within, plain],
  );
  if (!passes.some(({ id }) => id === 'color-contrast')) {
    throw new Error(`axe looked at the colours of nothing in ${within}`);
  }
  const unknown = incomplete
    .filter(({ id }) => id === 'color-contrast')
    .map((result) => ({ ...result, nodes: result.nodes.filter(({ any }) => any.some(isOfGround)) }));
  return [...violations, ...unknown].flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}\n  ${html.slice(0, 200)}\n  ${failureSummary}`),
  );
}

function isOfGround({ data }: CheckResult): boolean {
  const { messageKey } = data as { messageKey?: string };
  return ['bgGradient', 'bgImage', 'imgNode', 'pseudoContent', 'fgAlpha', 'colorParse'].includes(messageKey ?? '');
}
