import type { ErrorCode } from '../model/errorHelp';
import { canRunAgain } from '../model/runAgain';
import { hasLiveSession, isActive } from '../model/runTime';
import { asRecord } from '../oz/json';
import type { Run } from '../oz/types';
import { commandButton } from './commandButton';
import { promptMessage } from './promptMessage';
import { renderEntry } from './renderEntry';
import type { RenderContext } from './renderContext';
import type { TopFacts } from './topFacts';
import type { ViewElement, ViewNode } from './viewNodes';

/** What stands where the conversation would, while there is none: what was asked, what is the matter, and what can be done. */
export function note(facts: TopFacts, context: RenderContext): ViewElement | null {
  const { run, reading, entries, problem } = facts;
  const { translate: t } = context;
  if (reading === 'first') {
    return skeleton(t('Reading the conversation…'));
  }
  if (entries > 0) {
    return null;
  }
  const asked = prompt(run, context);
  switch (reading) {
    case 'none':
      return ['div', 'asked', ...asked, !run || isActive(run.state) ? toCome(run, context) : missing(run, context)];
    case 'good':
      return run && isActive(run.state)
        ? ['div', 'asked', ...asked, toCome(run, context)]
        : ['div', 'asked', ...asked, noteNode(t('Nothing was said in this conversation.'))];
    case 'unsupported':
      return ['div', 'asked', ...asked, unsupported(facts, context)];
    case 'failed':
      return !run && problem?.kind === 'notFound'
        ? unknown(facts, context)
        : // What is the matter, and what helps, is in the banner.
          ['div', 'asked', ...asked, noteNode(t('Not loaded yet'), elsewhere(facts, context))];
  }
}

/** The service takes the run up as soon as it can. */
const fullCodes: ReadonlySet<string> = new Set<ErrorCode>(['at_cloud_agent_capacity', 'resource_unavailable']);

/** The agent has not begun, or has not spoken. */
function toCome(run: Run | undefined, { translate: t, words }: RenderContext): ViewElement {
  switch (run?.state) {
    case 'QUEUED': {
      const isFull = fullCodes.has(run.status_message?.error_code ?? '') || asRecord(run)?.at_capacity === true;
      return skeleton(
        isFull
          ? words.errorSentence('at_cloud_agent_capacity')
          : t('The run is in the queue: it begins when an agent is free.'),
      );
    }
    case 'PENDING':
      return skeleton(t('The machine and its environment are being prepared.'));
    case 'CLAIMED':
      return skeleton(t('A machine has taken the run: the agent is about to begin.'));
    case 'INPROGRESS':
      return skeleton(t('The agent is at work: its first message is still to come.'));
    default:
      return skeleton(t('The conversation begins when the agent does.'));
  }
}

/** It is over, or waits, and there is no conversation. Why it failed is above. */
function missing(run: Run, { translate: t }: RenderContext): ViewElement {
  const again = canRunAgain(run) ? [commandButton('runAgain', t('Run Again'))] : [];
  const browser = commandButton('openBrowser', t('Open Run in Browser'));
  switch (run.state) {
    case 'CANCELLED':
      return noteNode(t('The run was cancelled before the agent said anything.'), [...again, browser]);
    case 'FAILED':
    case 'ERROR':
      // What can be done is offered with the reason.
      return noteNode(t('The run ended before its conversation began.'));
    default:
      return noteNode(t('This run has no conversation.'), [
        commandButton('retry', t('Try Again')),
        commandButton('openTranscript', t('Open Transcript')),
        browser,
      ]);
  }
}

function unsupported(facts: TopFacts, context: RenderContext): ViewElement {
  const { translate: t } = context;
  return facts.source.runId === undefined
    ? noteNode(
        t('The service cannot show this conversation here: the agent keeps it in a format of its own.'),
        elsewhere(facts, context),
      )
    : noteNode(t('The service cannot show this run’s conversation here: the agent keeps it in a format of its own.'), [
        commandButton('openTranscript', t('Open Transcript')),
        commandButton('saveTranscript', t('Save Transcript…')),
        ...elsewhere(facts, context),
      ]);
}

/** Nobody knows it, or not with this key. */
function unknown(facts: TopFacts, context: RenderContext): ViewElement {
  const { translate: t } = context;
  return noteNode(
    facts.source.runId !== undefined
      ? t('There is no run with this id, or the account may not see it.')
      : t('There is no conversation with this id, or the account may not see it.'),
    [commandButton('retry', t('Try Again')), commandButton('setKey', t('Set API Key…')), ...elsewhere(facts, context)],
  );
}

/** Where else it can be seen. */
function elsewhere({ run, source }: TopFacts, { translate: t }: RenderContext): ViewNode[] {
  return source.runId === undefined
    ? [commandButton('openBrowser', t('Open in Browser'))]
    : [
        ...(run && hasLiveSession(run) ? [commandButton('openSession', t('Open Live Session in Browser'))] : []),
        commandButton('openBrowser', t('Open Run in Browser')),
      ];
}

function noteNode(words: string, buttons: readonly ViewNode[] = []): ViewElement {
  return ['div', 'note', ['p', '', words], ...(buttons.length === 0 ? [] : [['div', 'buttons', ...buttons] as const])];
}

/** What the run was asked to do, while nothing else says it. */
function prompt(run: Run | undefined, context: RenderContext): ViewNode[] {
  const asked = promptMessage(run);
  return asked ? [renderEntry(asked, { place: 0, folded: false }, context)] : [];
}

/** Stands in for messages, in their size. */
function skeleton(words: string): ViewElement {
  const bars = ['w60', 'w90', 'w80', 'w40', 'w90', 'w70'];
  return [
    'div',
    { class: 'note skeleton', role: 'status' },
    ['p', '', words],
    ...bars.map((width): ViewNode => ['div', { class: `bar ${width}`, decorative: true }]),
  ];
}
