import { differences, type FormMember } from '../model/scheduleChange';
import { formOf } from '../model/scheduleForm';
import type { FormDraft } from './formDraft';
import { memberName } from './memberWords';
import type { ScheduleWords } from './scheduleWords';

/** Two texts of a member, to be shown beside each other. */
export interface ComparedTexts {
  title: string;
  left: string;
  right: string;
}

/** Both texts of a member in full, as the table above the form has them; undefined where it has them no more. */
export function comparedTexts(
  { editing, saving }: { editing: FormDraft['editing']; saving: Pick<FormDraft['saving'], 'question'> },
  member: FormMember,
  words: ScheduleWords,
): ComparedTexts | undefined {
  const { t } = words;
  const name = memberName(member, words);
  const { question } = saving;
  if (question?.kind === 'sides') {
    const row = [...question.conflicts, ...question.others].find((one) => one.member === member);
    return row && { title: t('{0}: Yours ↔ Theirs', name), left: textOf(row.mine), right: textOf(row.theirs) };
  }
  const { base, theirs } = editing ?? {};
  const row = base && theirs && differences(formOf(base), formOf(theirs)).find((one) => one.member === member);
  return row && { title: t('{0}: Before ↔ Now', name), left: textOf(row.a), right: textOf(row.b) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
