import { helpForCode } from '../model/errorHelp';
import { isOfKey } from '../model/loadStatus';
import type { ApiProblem } from '../oz/problems';
import { commandButton } from './commandButton';
import { helpNode } from './helpNode';
import { allowedUrl } from './linkNodes';
import { icon, type RenderContext } from './renderContext';
import type { TopFacts } from './topFacts';
import { copyTrace } from './traceNode';
import type { ViewElement, ViewNode } from './viewNodes';

/** What keeps the page from being up to date, and the step that helps. What is on the page stays. */
export function banner({ problem, reading, run }: TopFacts, context: RenderContext): ViewElement | null {
  // The note in the conversation's place says these.
  const isNoted = problem?.kind === 'notFound' && (reading === 'none' || !run);
  if (!problem || isNoted || problem.kind === 'unsupported') {
    return null;
  }
  const { traceId } = problem.facts;
  return [
    'div',
    { class: 'banner', role: 'status' },
    icon(isOfKey(problem) ? 'key' : 'warning'),
    ['span', 'words', context.words.problemWords(problem)],
    ...fixes(problem, context),
    ...(traceId === undefined ? [] : [copyTrace(traceId, 'reading', context)]),
  ];
}

/** The step that helps, first of all the one that the service's code asks for. */
function fixes({ kind, facts }: ApiProblem, context: RenderContext): ViewNode[] {
  const { translate: t } = context;
  const again = commandButton('retry', t('Try Again'));
  const help = helpForCode(facts.code, facts.retryable);
  const auth = facts.authUrl === undefined ? undefined : allowedUrl(facts.authUrl);
  if (help === 'connect' && auth !== undefined) {
    return [['button', { class: 'secondary', does: 'link', item: context.link(auth), title: auth }, t('Connect…')]];
  }
  if (help !== undefined && help !== 'retry') {
    return [helpNode(help, context)];
  }
  switch (kind) {
    case 'noKey':
    case 'keyRefused':
      return [helpNode('key', context)];
    case 'externalAuth':
      return [helpNode('connect', context)];
    case 'notOz':
      return [commandButton('openSettings', t('Open Settings'))];
    case 'forbidden':
      return [helpNode('key', context)];
    case 'unreachable':
    case 'timeout':
      return [again, commandButton('diagnoseConnection', t('Diagnose Connection…'))];
    case 'invalid':
    case 'notFound':
      return [helpNode('browser', context)];
    case 'aborted':
    case 'conflict':
    case 'rateLimited':
    case 'server':
    case 'unsupported':
    case 'outcomeUnknown':
      return [again];
  }
}
