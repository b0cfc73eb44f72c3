import type { FormDraft } from './formDraft';
import { formTitle } from './formView';
import type { SavingEnd, ScheduleSaving } from './scheduleSaving';
import type { ScheduleWords } from './scheduleWords';

/** How a save ended whose page was not in sight. */
export function endWords(
  { editing, saving }: Pick<FormDraft, 'editing'> & { saving: Pick<ScheduleSaving, 'problem'> },
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
  const isInDoubt = saving.problem?.kind === 'outcomeUnknown' || editing?.isInDoubt;
  return {
    words: isInDoubt
      ? t('“{0}” was sent, and may be saved or not. What you typed is kept.', name)
      : t('“{0}” was not saved. {1} What you typed is kept.', name, why),
    isError: true,
  };
}

/** Saving asks something in a page that is not in sight. */
export function askWords({ editing }: Pick<FormDraft, 'editing'>, words: ScheduleWords): string {
  return words.t('“{0}” is not saved yet: there is something to be answered first.', formTitle(editing, words));
}

/** What becomes of changes whose page was closed, and where they come back. */
export function leftWords({ editing, place }: Pick<FormDraft, 'editing' | 'place'>, words: ScheduleWords): string {
  const { t } = words;
  const name = formTitle(editing, words);
  if (!('from' in place.about)) {
    if (editing?.isGone) {
      return t('“{0}” is not in the list any more. Your changes are kept: open them to create it again.', name);
    }
    return t('Your changes of “{0}” are kept: edit it to go on with them.', name);
  }
  return place.about.from === 'new'
    ? t('The draft “{0}” is kept: “New Schedule…” brings it back.', name)
    : t('The draft “{0}” is kept: begin it the same way again to go on with it.', name);
}
