export type CronPresetKind = 'hourly' | 'daily' | 'weekdays' | 'weekly' | 'monthly';

/** Minutes after midnight at which a day's work begins. */
const morning = 9 * 60;

/**
 * Usual times, in UTC: nine in the morning where the person is, or the nearest later time that is on the same day in UTC, so
 * that a Monday stays one.
 * @param offset minutes to add to the local time to get UTC, as `Date.getTimezoneOffset` says
 */
export function cronPresets(offset: number): { kind: CronPresetKind; expression: string }[] {
  const minutes = Math.max(morning + offset, 0);
  const time = `${minutes % 60} ${Math.floor(minutes / 60)}`;
  return [
    { kind: 'hourly', expression: '0 * * * *' },
    { kind: 'daily', expression: `${time} * * *` },
    { kind: 'weekdays', expression: `${time} * * 1-5` },
    { kind: 'weekly', expression: `${time} * * 1` },
    { kind: 'monthly', expression: `${time} 1 * *` },
  ];
}

/** A usual time by its parts, all in UTC: minutes and hours from 0, weekdays from Sunday (0), days from 1. */
export type CronPreset = { minute: number } & (
  | { kind: 'hourly' }
  | { kind: 'daily' | 'weekdays'; hour: number }
  | { kind: 'weekly'; hour: number; weekday: number }
  | { kind: 'monthly'; hour: number; day: number }
);

const names = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The usual time that an expression is; undefined for any other. */
export function presetOf(expression: string): CronPreset | undefined {
  const fields = expression.trim().toUpperCase().split(/\s+/);
  const [first = '', second = '', days = '', months = '', weekdays = ''] = fields;
  const [minute, hour, day] = [numberIn(first, 0, 59), numberIn(second, 0, 23), numberIn(days, 1, 31)];
  const named = names.indexOf(weekdays);
  const weekday = named < 0 ? numberIn(weekdays, 0, 6) : named;
  if (fields.length !== 5 || minute === undefined || months !== '*') {
    return undefined;
  }
  const isAnyDay = days === '*';
  if (hour === undefined) {
    return second === '*' && isAnyDay && weekdays === '*' ? { kind: 'hourly', minute } : undefined;
  }
  if (day !== undefined) {
    return weekdays === '*' ? { kind: 'monthly', minute, hour, day } : undefined;
  }
  if (!isAnyDay) {
    return undefined;
  }
  if (weekday !== undefined) {
    return { kind: 'weekly', minute, hour, weekday };
  }
  const kinds: Partial<Record<string, 'daily' | 'weekdays'>> = {
    '*': 'daily',
    '1-5': 'weekdays',
    'MON-FRI': 'weekdays',
  };
  const kind = kinds[weekdays];
  return kind && { kind, minute, hour };
}

/** The expression of a usual time. */
export function cronOf(preset: CronPreset): string {
  const { minute } = preset;
  switch (preset.kind) {
    case 'hourly':
      return `${minute} * * * *`;
    case 'daily':
      return `${minute} ${preset.hour} * * *`;
    case 'weekdays':
      return `${minute} ${preset.hour} * * 1-5`;
    case 'weekly':
      return `${minute} ${preset.hour} * * ${preset.weekday}`;
    case 'monthly':
      return `${minute} ${preset.hour} ${preset.day} * *`;
  }
}

function numberIn(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
}
