import { zoneOffset } from './zoneOffset';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Whether times can be written in it here. */
export function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

/** Times as they are written in one zone, and in UTC. */
export class ZoneFormats {
  readonly #formats = new Map<string, Intl.DateTimeFormat>();
  readonly #offset: (time: number) => number;

  constructor(
    readonly zone: string,
    private readonly language: string,
  ) {
    this.#offset = zoneOffset(zone);
  }

  /** "Mon, Nov 23, 10:00 AM"; with the year where it is another one than at `now`. */
  local(time: number, now: number): string {
    return this.#moment(time, now, this.zone, {});
  }

  /** "Mon, Nov 23, 09:00" */
  utc(time: number, now: number): string {
    return this.#moment(time, now, 'UTC', { hourCycle: 'h23', hour: '2-digit' });
  }

  /** "10:00 AM" */
  time(time: number): string {
    return this.write(time, { hour: 'numeric', minute: '2-digit' });
  }

  /** "09:00" */
  utcTime(time: number): string {
    return this.write(time, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' });
  }

  write(time: number, options: Intl.DateTimeFormatOptions): string {
    return this.#format(options).format(time);
  }

  /** The local hour (0 to 23) and minute, and the days since 1970 by the local calendar. */
  parts(time: number): { day: number; hour: number; minute: number } {
    const local = time + this.#offset(time);
    return {
      day: Math.floor(local / day),
      hour: Math.floor((local % day) / hour),
      minute: Math.floor((local % hour) / minute),
    };
  }

  #moment(time: number, now: number, timeZone: string, more: Intl.DateTimeFormatOptions): string {
    const isThisYear = new Date(time).getUTCFullYear() === new Date(now).getUTCFullYear();
    return this.write(time, {
      ...{ weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone },
      ...(!isThisYear && { year: 'numeric' }),
      ...more,
    });
  }

  // Making a format takes longer than using it.
  #format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    const format =
      this.#formats.get(key) ?? new Intl.DateTimeFormat(this.language, { timeZone: this.zone, ...options });
    this.#formats.set(key, format);
    return format;
  }
}
