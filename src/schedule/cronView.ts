import { checkCron, type CronFinding } from '../model/cronCheck';
import { nextTimes } from '../model/cronTimes';
import type { ZoneFormats } from '../model/zoneFormats';
import { cronNotes } from './cronNotes';
import type { CronView } from './protocol';
import type { ScheduleWords } from './scheduleWords';

const shownRuns = 5;

/** What stands under the times while they are typed. @param now milliseconds since 1970 */
export function cronView(cron: string, now: number, formats: ZoneFormats, words: ScheduleWords): CronView {
  const findings = cron.trim() === '' ? [] : checkCron(cron);
  const isFine = cron.trim() !== '' && findings.length === 0;
  const runs = isFine ? nextTimes(cron, now, shownRuns) : [];
  return {
    words: isFine ? words.cronInWords(cron) : '',
    marks: findings.map(({ start, end }) => ({ start, end })),
    problems: problemsOf(findings, cron, words),
    zone: formats.zone,
    runs: runs.map((time) => ({ local: formats.local(time, now), utc: formats.utc(time, now) })),
    notes: isFine ? cronNotes(cron, { now, shown: runs.at(-1) }, formats, words) : [],
  };
}

/** What is the same in words is said once, with all that may be meant instead. */
function problemsOf(findings: readonly CronFinding[], cron: string, words: ScheduleWords): CronView['problems'] {
  const fixes = new Map<string, Set<string>>();
  for (const finding of findings) {
    const said = words.cronFindingWords(finding, cron);
    const fix = words.withInstead(finding, cron);
    fixes.set(said, new Set([...(fixes.get(said) ?? []), ...(fix === undefined ? [] : [fix])]));
  }
  return [...fixes].map(([said, some]) => ({ words: said, fixes: [...some] }));
}
