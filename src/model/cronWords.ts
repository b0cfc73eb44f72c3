import cronstrue from 'cronstrue';
import { maxCronLength } from './cronCheck';

// Only in the bundle of the schedules, since the library is large: others are given this function.

/** The service takes exactly these (`scheduled-agents` of its documentation): no seconds, no `@daily`. */
const fiveFields = /^\S+(?: +\S+){4}$/;

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

function isCron(expression: string): boolean {
  return expression.length <= maxCronLength && fiveFields.test(expression.trim());
}
