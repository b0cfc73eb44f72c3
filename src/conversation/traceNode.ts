import { asRecord, firstText } from '../oz/json';
import type { Run } from '../oz/types';
import { oneLine, type RenderContext } from './renderContext';
import type { ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Whose trace id is copied: the run's, or that of the last reading. */
export const traceIds = { run: 'runtrace', reading: 'readtrace' } as const;

/** The trace id of what went wrong with a run, which newer services tell. */
export function traceOf(run: Run | undefined): string | undefined {
  return firstText(asRecord(run?.status_message), 'trace_id')?.slice(0, 200);
}

/** What the service's support asks for, to be copied. */
export function traceNode(id: string, of: keyof typeof traceIds, context: RenderContext): ViewNode {
  return [
    'p',
    'trace',
    context.translate('Trace ID'),
    ' ',
    ['code', '', visibleText(oneLine(id, 80))],
    ' ',
    copyTrace(id, of, context),
  ];
}

/** The button alone, where there is no room for the id. */
export function copyTrace(id: string, of: keyof typeof traceIds, { translate: t }: RenderContext): ViewNode {
  const label = t('Copy Trace ID');
  const title = `${label}\n${visibleText(oneLine(id, 80))}`;
  return ['button', { class: 'icon copy', does: 'copy', of: traceIds[of], name: 'text', item: 0, label, title }];
}
