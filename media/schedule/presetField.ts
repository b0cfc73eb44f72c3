import { type CronPreset, cronOf, cronPresets, presetOf } from '../../src/model/cronPresets';
import type { FormWords } from '../../src/schedule/protocol';
import { make } from '../elements/elements';
import { fill, select } from './field';

const kinds = ['none', 'hourly', 'daily', 'weekdays', 'weekly', 'monthly', 'custom'] as const;
type Kind = (typeof kinds)[number];

/** Usual times, each with what there is to be said about it. They write the expression, and follow it. */
export class PresetField {
  readonly element: HTMLElement;
  readonly control: HTMLSelectElement;
  readonly #hour: HTMLSelectElement;
  readonly #minute: HTMLSelectElement;
  readonly #weekday: HTMLSelectElement;
  readonly #day: HTMLSelectElement;
  #cron = '';

  constructor(
    { presets, hour, minute, weekday, day }: FormWords,
    private readonly onCron: (cron: string) => void,
    private readonly onCustom: () => void,
  ) {
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
    const days = part(numbers(1, 31), day);
    const weekdays = part(weekdayNames(), weekday);
    const hours = part(numbers(0, 23), hour);
    const minutes = part(minuteOptions(0), minute);
    this.control = kind.control;
    this.#day = days.control;
    this.#weekday = weekdays.control;
    this.#hour = hours.control;
    this.#minute = minutes.control;
    const utc = make('span', 'unit', 'UTC');
    this.element = make('div', 'preset', kind.around, weekdays.around, days.around, hours.around, minutes.around, utc);
  }

  /** The expression is another one. */
  follow(cron: string): void {
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
    }
    this.#showParts(preset?.kind);
  }

  #choose(kind: Kind): void {
    if (kind === 'custom' || kind === 'none') {
      this.#showParts(undefined);
      this.onCustom();
      return;
    }
    const before = presetOf(this.#cron);
    const usual = cronPresets(new Date().getTimezoneOffset()).find((one) => one.kind === kind)?.expression ?? '';
    const preset = presetOf(usual);
    if (preset) {
      const time = before && {
        minute: before.minute,
        ...('hour' in before && 'hour' in preset && { hour: before.hour }),
      };
      this.#put(cronOf({ ...preset, ...(before && ('hour' in before || !('hour' in preset)) && time) }));
    }
  }

  #write(): void {
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
    this.onCron(cron);
    this.follow(cron);
  }

  #showParts(kind: CronPreset['kind'] | undefined): void {
    const show = (control: HTMLSelectElement, isShown: boolean): void => {
      if (control.parentElement) {
        control.parentElement.hidden = !isShown;
      }
    };
    show(this.#weekday, kind === 'weekly');
    show(this.#day, kind === 'monthly');
    show(this.#hour, kind !== undefined && kind !== 'hourly');
    show(this.#minute, kind !== undefined);
    const unit = this.element.querySelector<HTMLElement>('.unit');
    if (unit) {
      unit.hidden = kind === undefined || kind === 'hourly';
    }
  }
}

function numbers(first: number, last: number): { value: string; label: string }[] {
  return Array.from({ length: last - first + 1 }, (_, index) => option(first + index));
}

/** Every fifth, and the one that is there. */
function minuteOptions(current: number): { value: string; label: string }[] {
  const minutes = new Set([...Array.from({ length: 12 }, (_, index) => index * 5), current]);
  return [...minutes].sort((a, b) => a - b).map((minute) => ({ ...option(minute), label: `:${two(minute)}` }));
}

function weekdayNames(): { value: string; label: string }[] {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'long', timeZone: 'UTC' });
  // The fourth of January 1970 was a Sunday; people begin with Monday.
  return [1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: String(day), label: format.format(Date.UTC(1970, 0, 4 + day)) }));
}

function option(value: number): { value: string; label: string } {
  return { value: String(value), label: two(value) };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
