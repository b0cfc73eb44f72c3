import type { FollowUp } from '../model/followUp';
import { type NotFollowable, whyNotFollowable } from '../model/followUpGate';
import { continuationOf } from '../model/runAgain';
import { hasEnded, isActive } from '../model/runTime';
import type { Run } from '../oz/types';
import type { FollowUpBoxState } from './protocol';
import type { RenderContext } from './renderContext';

/** What the box sends, and what it says of that. Without a known run there is none. */
export function followUpBoxState(
  run: Run | undefined,
  followUps: readonly FollowUp[],
  isBusy: boolean,
  { translate: t }: Pick<RenderContext, 'translate'>,
): FollowUpBoxState {
  if (!run || whyNotFollowable(run)) {
    return { sends: 'none', label: '', placeholder: '', button: '', busy: false };
  }
  if (isBusy || (followUps.some(takesNone) && canContinue(run))) {
    return {
      sends: 'newRun',
      label: t('New run that goes on with the conversation'),
      placeholder: t('The run takes no follow-up. Tell a new run how to go on… (Ctrl+Enter)'),
      button: isBusy ? t('Starting…') : t('Start New Run'),
      busy: isBusy,
    };
  }
  const hasAnswer = isAnswered(run, followUps);
  const asks = run.state === 'BLOCKED' && !hasAnswer;
  return {
    sends: 'followUp',
    label: asks ? t('Answer') : t('Follow-up'),
    placeholder: asks
      ? t('Answer the agent… (Ctrl+Enter sends)')
      : isActive(run.state) || hasAnswer
        ? t('Tell the agent more… (Ctrl+Enter sends)')
        : t('Tell the agent how to go on… (Ctrl+Enter sends)'),
    button: t('Send'),
    busy: false,
  };
}

/** The service has an answer, although it says for a while still that the run waits for one. */
export function isAnswered(run: Run | undefined, followUps: readonly FollowUp[]): boolean {
  return run?.state === 'BLOCKED' && followUps.some(({ state }) => state === 'sent');
}

/** Whether a new run can go on with the run's conversation: two at work in one would disturb each other. */
export function canContinue(run: Run): boolean {
  return hasEnded(run.state) && continuationOf(run, '') !== undefined;
}

/** The service takes no follow-up for this run, whatever its text. */
function takesNone({ state, problem }: FollowUp): boolean {
  return state === 'refused' && (problem?.kind === 'notFound' || problem?.kind === 'unsupported');
}

/** Why there is no box, in a sentence; undefined where there is one, or the run is not known. */
export function noBoxWords(run: Run | undefined, { translate: t, words }: RenderContext): string | undefined {
  const why: NotFollowable | undefined = run && whyNotFollowable(run);
  switch (why) {
    case undefined:
      return undefined;
    case 'local':
      return hasEnded(run?.state ?? '')
        ? t("This run worked on somebody's own machine: it takes no follow-ups from here.")
        : t("This run works on somebody's own machine: answer it there.");
    case 'source':
      return t('Runs from {0} take no follow-ups.', words.sourceWord(run?.source));
  }
}
