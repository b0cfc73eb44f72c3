import { isOfKey } from '../model/loadStatus';
import type { ApiProblem } from '../oz/problems';
import type { Bar } from './protocol';
import type { ScheduleWords } from './scheduleWords';

/** Says why something could not be read, with what helps. */
export function unreadBar(problem: ApiProblem, what: string, { t, problemWords }: ScheduleWords): Bar {
  const act = isOfKey(problem)
    ? ({ name: 'setKey', label: t('Set API Key…') } as const)
    : ({ name: 'reload', label: t('Try Again') } as const);
  return { kind: 'error', words: `${what} ${problemWords(problem)}`, acts: [act] };
}
