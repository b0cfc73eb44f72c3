/** The local day of a time in milliseconds since 1970 as `2026-11-22`; empty for no time. */
export function dayOf(time: number): string {
  if (time === 0) {
    return '';
  }
  const date = new Date(time);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/** Whole local days from `day` to the day of `now` (ms since 1970): 0 for today, 1 for yesterday, negative ahead. */
export function daysAgo(day: string, now: number): number {
  // As dates without a zone: a day with a clock change is as long as any other.
  return Math.round((Date.parse(dayOf(now)) - Date.parse(day)) / (24 * 60 * 60 * 1000));
}
