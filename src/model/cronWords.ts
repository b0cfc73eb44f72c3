import { Cron } from 'croner';
import cronstrue from 'cronstrue';

// Only in the bundle of the schedules, since the libraries are large: others are given these functions.

/** The service takes exactly these (`scheduled-agents` of its documentation): no seconds, no `@daily`. */
const fiveFields = /^\S+(?: +\S+){4}$/;
const maxLength = 200;

/** A cron expression of five fields in English, its times in UTC as the service reads them. What is none comes back as it is. */
export function cronInWords(expression: string): string {
  if (!isCron(expression)) {
    return expression;
  }
  try {
    const words = cronstrue.toString(expression, { use24HourTimeFormat: true });
    // Behind the last time of day: "At 09:00 UTC, Monday through Friday".
    return words.replace(/^(.*\b\d\d:\d\d)/, '$1 UTC');
  } catch {
    return expression;
  }
}

/** The first time after `after` (ms since 1970), or undefined when there is none or the expression is no cron. */
export function nextTime(expression: string, after: number): number | undefined {
  if (!isCron(expression)) {
    return undefined;
  }
  try {
    return new Cron(expression, { timezone: 'UTC' }).nextRun(new Date(after))?.getTime();
  } catch {
    return undefined;
  }
}

/** The next times after `after`, at most `count`; fewer when there are no more. All in milliseconds since 1970. */
export function nextTimes(expression: string, after: number, count: number): number[] {
  const times: number[] = [];
  for (let last = nextTime(expression, after); last !== undefined; last = nextTime(expression, last)) {
    times.push(last);
    if (times.length >= count) {
      break;
    }
  }
  return times;
}

function isCron(expression: string): boolean {
  return expression.length <= maxLength && fiveFields.test(expression.trim());
}
