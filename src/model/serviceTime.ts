/** Milliseconds since 1970 of a time that the service sent; 0, older than everything, when it is missing or no time. */
export function timeOf(iso: string | null | undefined): number {
  const time = Date.parse(iso ?? '');
  return Number.isNaN(time) ? 0 : time;
}
