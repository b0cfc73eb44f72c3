/**
 * Where to count the time since `since` from (ms since 1970). A moment ahead of this computer's clock counts from when it was
 * first seen, which `firstSeen` keeps.
 */
export function countedFrom(since: number, now: number, firstSeen: Map<number, number>): number {
  const seen = firstSeen.get(since) ?? now;
  firstSeen.set(since, seen);
  return Math.min(since, seen);
}

/** Milliseconds as a running clock shows them: "0:42", "12:05", "1:02:05". */
export function elapsedText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const end = `${hours > 0 ? twoDigits(minutes) : minutes}:${twoDigits(seconds % 60)}`;
  return hours > 0 ? `${hours}:${end}` : end;
}
