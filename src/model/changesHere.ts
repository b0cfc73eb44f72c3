import type { Schedule } from '../oz/types';
import { timeOf } from './serviceTime';

/** Changes of schedules that were made here while a list of them is on its way, which may be older. */
export class ChangesHere {
  /** Undefined: it was deleted. */
  readonly #changed = new Map<string, Schedule | undefined>();

  /** @returns the schedules with the change */
  make(schedules: readonly Schedule[], id: string, changed: Schedule | undefined): readonly Schedule[] {
    this.#changed.set(id, changed);
    return withChange(schedules, id, changed);
  }

  /** A list that came, with what was changed since it was asked for. */
  upon(listed: readonly Schedule[]): readonly Schedule[] {
    return [...this.#changed].reduce((schedules, [id, changed]) => {
      const there = schedules.find((schedule) => schedule.id === id);
      const isNewer = there && changed && timeOf(there.updated_at) > timeOf(changed.updated_at);
      return isNewer ? schedules : withChange(schedules, id, changed);
    }, listed);
  }

  /** A list is asked for that will have all of them. */
  clear(): void {
    this.#changed.clear();
  }
}

/** In its place by name, as the service lists them. */
function withChange(schedules: readonly Schedule[], id: string, changed: Schedule | undefined): readonly Schedule[] {
  const place = schedules.findIndex((schedule) => schedule.id === id);
  const others = schedules.filter((schedule) => schedule.id !== id);
  if (!changed) {
    return others;
  }
  const isNamedSo = schedules[place]?.name === changed.name;
  const before = others.filter(({ name }) => name.toLowerCase() <= changed.name.toLowerCase());
  return others.toSpliced(isNamedSo ? place : before.length, 0, changed);
}
