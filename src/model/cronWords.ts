import cronstrue from 'cronstrue';
import { maxCronLength, readCron, tidyCron } from './cronCheck';
import { dayField, isWhole, weekdayField } from './cronValue';

// Only in the bundle of the schedules, since the library is large: others are given this function.

/** The service takes exactly these (`scheduled-agents` of its documentation): no seconds, no `@daily`. */
const fiveFields = /^\S+(?: \S+){4}$/;

/** A cron expression of five fields in English, its times in UTC as the service reads them. What is none comes back as it is. */
export function cronInWords(expression: string): string {
  const cron = tidyCron(expression);
  if (cron.length > maxCronLength || !fiveFields.test(cron)) {
    return expression;
  }
  try {
    // Behind the last time of day: "At 09:00 UTC, Monday through Friday". Half past is half past not everywhere, nor
    // does every fifth hour begin at the same one.
    return wordsOf(cron).replace(/^(.*\b\d\d:\d\d|.*? past the hour|.*?\bevery \d+ hours)/, '$1 UTC');
  } catch {
    return expression;
  }
}

/** As the library says it, but for the days: it says "and" of two kinds of day where either will do. */
function wordsOf(cron: string): string {
  const [minute, hour, day, month, weekday] = cron.split(' ');
  const say = (days: string): string => cronstrue.toString(`${minute} ${hour} ${days}`, { use24HourTimeFormat: true });
  const sets = readCron(cron);
  if (!sets) {
    return say(`${day} ${month} ${weekday}`);
  }
  const [isEveryDay, isEveryWeekday] = [isWhole(sets.days, dayField), isWhole(sets.weekdays, weekdayField)];
  if (sets.isAnyDay || sets.isAnyWeekday) {
    return say(`${isEveryDay ? '*' : day} ${month} ${isEveryWeekday ? '*' : weekday}`);
  }
  if (isEveryDay || isEveryWeekday) {
    return say(`* ${month} *`);
  }
  const start = say(`${day} * *`);
  const rest = say(`${day} ${month} ${weekday}`).slice(start.length);
  return start + rest.replace(/^(?:, )?(?:and )?/, ', or ');
}
