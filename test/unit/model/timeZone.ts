/** Runs `test` where the clocks on the walls show the time of `zone`. */
export function inTimeZone(zone: string, test: () => void): void {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    test();
  } finally {
    if (before === undefined) {
      delete process.env.TZ;
    } else {
      process.env.TZ = before;
    }
  }
}
