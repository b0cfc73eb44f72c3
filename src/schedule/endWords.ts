import type { FormDraft } from './formDraft';
import { formTitle } from './formView';
import type { SavingEnd } from './scheduleSaving';
import type { ScheduleWords } from './scheduleWords';

/** How a save ended that nobody was there for. */
export function endWords(
  { editing, saving }: FormDraft,
  end: SavingEnd,
  words: ScheduleWords,
): { words: string; isError: boolean } {
  const { t } = words;
  const name = formTitle(editing, words);
  if (end.kind === 'saved') {
    return { words: end.isNew ? t('“{0}” was created.', name) : t('“{0}” was saved.', name), isError: false };
  }
  const why = saving.problem
    ? words.problemWords(saving.problem)
    : editing?.isGone
      ? t('It is not in the list any more.')
      : t('There is something to be answered first.');
  const isInDoubt = saving.problem?.kind === 'outcomeUnknown';
  return {
    words: isInDoubt
      ? t('“{0}” was sent, and the answer was lost: it may be saved or not. What you typed is kept.', name)
      : t('“{0}” was not saved. {1} What you typed is kept.', name, why),
    isError: true,
  };
}
