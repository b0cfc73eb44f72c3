import { type CronPreset, cronOf, cronPresets, presetOf } from '../../src/model/cronPresets';
import type { FormWords } from '../../src/schedule/protocol';
import { make } from '../elements/elements';
import { fill, select } from './field';

const kinds = ['none', 'hourly', 'daily', 'weekdays', 'weekly', 'monthly', 'custom'] as const;
type Kind = (typeof kinds)[number];

/** Milliseconds. */
const dayLength = 86_400_000;

/** Usual times, each with what there is to be said about it. They write the expression, and follow it. */
export class PresetField {
  readonly element: HTMLElement;
  readonly control: HTMLSelectElement;
  readonly #hour: HTMLSelectElement;
  readonly #minute: HTMLSelectElement;
  readonly #weekday: HTMLSelectElement;
  readonly #day: HTMLSelectElement;
  readonly #onDay: HTMLElement;
  readonly #atTime: HTMLElement;
  readonly #utc = make('span', 'unit');
  #cron: string | undefined;
  /** What was there before one of the list was chosen: an arrow key chooses, and another one brings it back. */
  #custom: string | undefined;
  /** With a time as {0}. */
  readonly #whereYouAre: string;
  #known: Partial<Record<'minute' | 'hour' | 'weekday' | 'day', number>> = {};

  constructor(
    { presets, hour, minute, weekday, day, onDay, atTime, whereYouAre }: FormWords,
    private readonly onCron: (cron: string) => void,
  ) {
    this.#whereYouAre = whereYouAre;
    const kind = select(
      kinds.map((value) => ({ value, label: presets[value] })),
      (value) => {
        this.#choose(value as Kind);
      },
    );
    const part = (options: { value: string; label: string }[], label: string): ReturnType<typeof select> => {
      const made = select(options, () => {
        this.#write();
      });
      made.control.ariaLabel = label;
      made.control.title = label;
      return made;
    };
    const days = part(numbers(1, 31, String), day);
    const weekdays = part(weekdayNames(), weekday);
    const hours = part(numbers(0, 23, two), hour);
    const minutes = part(minuteOptions(0), minute);
    this.control = kind.control;
    this.#day = days.control;
    this.#weekday = weekdays.control;
    this.#hour = hours.control;
    this.#minute = minutes.control;
    this.#onDay = make('span', 'unit', onDay);
    this.#atTime = make('span', 'unit', atTime);
    const ofDay = [weekdays.around, this.#onDay, days.around];
    const ofTime = [this.#atTime, hours.around, minutes.around, this.#utc];
    this.element = make('div', 'preset', kind.around, ...ofDay, ...ofTime);
  }

  /** The expression may be another one. */
  follow(cron: string): void {
    if (cron !== this.#cron) {
      this.#custom = undefined;
      this.#show(cron);
    }
  }

  #show(cron: string): void {
    this.#cron = cron;
    const preset = presetOf(cron);
    const isNone = cron.trim() === '';
    this.control.value = preset?.kind ?? (isNone ? 'none' : 'custom');
    for (const choice of this.control.options) {
      // Nothing to be chosen once there is something.
      choice.hidden = choice.value === 'none' && !isNone;
    }
    if (preset) {
      fill(this.#minute, minuteOptions(preset.minute));
      this.#minute.value = String(preset.minute);
      this.#hour.value = 'hour' in preset ? String(preset.hour) : this.#hour.value;
      this.#weekday.value = preset.kind === 'weekly' ? String(preset.weekday) : this.#weekday.value;
      this.#day.value = preset.kind === 'monthly' ? String(preset.day) : this.#day.value;
      this.#known = {
        ...this.#known,
        minute: preset.minute,
        ...('hour' in preset && { hour: preset.hour }),
        ...('weekday' in preset && { weekday: preset.weekday }),
        ...('day' in preset && { day: preset.day }),
      };
    }
    this.#utc.textContent = preset && 'hour' in preset ? this.#zones(preset) : '';
    this.#showParts(preset?.kind);
  }

  #choose(kind: Kind): void {
    if (kind === 'custom' || kind === 'none') {
      // The field below is the one to write in: whoever goes through the list by keys is not taken there.
      this.#showParts(undefined);
      if (this.#custom !== undefined) {
        this.#put(this.#custom);
      }
      return;
    }
    if (this.#cron?.trim() && !presetOf(this.#cron)) {
      this.#custom = this.#cron;
    }
    const usual = cronPresets(new Date().getTimezoneOffset()).find((one) => one.kind === kind)?.expression ?? '';
    const preset = presetOf(usual);
    if (preset) {
      const isTimeKnown = this.#known.hour !== undefined || !('hour' in preset);
      this.#put(cronOf({ ...preset, ...(isTimeKnown && this.#known) }));
    }
  }

  #write(): void {
    this.#custom = undefined;
    const [minute, hour] = [Number(this.#minute.value), Number(this.#hour.value)];
    const kind = this.control.value as Kind;
    switch (kind) {
      case 'hourly':
        this.#put(cronOf({ kind, minute }));
        return;
      case 'daily':
      case 'weekdays':
        this.#put(cronOf({ kind, minute, hour }));
        return;
      case 'weekly':
        this.#put(cronOf({ kind, minute, hour, weekday: Number(this.#weekday.value) }));
        return;
      case 'monthly':
        this.#put(cronOf({ kind, minute, hour, day: Number(this.#day.value) }));
        return;
      case 'custom':
      case 'none':
        return;
    }
  }

  #put(cron: string): void {
    this.#show(cron);
    this.onCron(cron);
  }

  /** "UTC · 10:00 AM where you are", of the next day that has it. */
  #zones({ hour, minute }: { hour: number; minute: number }): string {
    const now = new Date();
    const time = new Date(now).setUTCHours(hour, minute, 0, 0);
    const next = new Date(time < now.getTime() ? time + dayLength : time);
    const local = new Intl.DateTimeFormat(document.documentElement.lang, { hour: 'numeric', minute: '2-digit' });
    return next.getTimezoneOffset() === 0 ? 'UTC' : `UTC · ${this.#whereYouAre.replace('{0}', local.format(next))}`;
  }

  #showParts(kind: CronPreset['kind'] | undefined): void {
    const show = (part: HTMLElement | null, isShown: boolean): void => {
      part?.toggleAttribute('hidden', !isShown);
    };
    const hasTime = kind !== undefined && kind !== 'hourly';
    show(this.#weekday.parentElement, kind === 'weekly');
    show(this.#onDay, kind === 'monthly');
    show(this.#day.parentElement, kind === 'monthly');
    show(this.#atTime, hasTime);
    show(this.#hour.parentElement, hasTime);
    show(this.#minute.parentElement, kind !== undefined);
    show(this.#utc, hasTime);
  }
}

function numbers(first: number, last: number, label: (value: number) => string): { value: string; label: string }[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    value: String(first + index),
    label: label(first + index),
  }));
}

/** Every fifth, and the one that is there. */
function minuteOptions(current: number): { value: string; label: string }[] {
  const minutes = new Set([...Array.from({ length: 12 }, (_, index) => index * 5), current]);
  return [...minutes].sort((a, b) => a - b).map((minute) => ({ value: String(minute), label: `:${two(minute)}` }));
}

function weekdayNames(): { value: string; label: string }[] {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'long', timeZone: 'UTC' });
  // The fourth of January 1970 was a Sunday; people begin with Monday.
  return [1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: String(day), label: format.format(Date.UTC(1970, 0, 4 + day)) }));
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
