import { asList, asRecord, asText, asTime, firstText, type JsonRecord } from '../oz/json';
import type { EntryPlace, StepEntry } from './conversation';
import { shortHash } from './shortHash';

/** Steps nested deeper than this are shown as JSON. */
const deepestStep = 32;

/** A message on its way to be an entry. */
export interface MessageDraft extends EntryPlace {
  kind: 'message';
  value: unknown;
  time?: number;
}

export type Draft = StepEntry | MessageDraft;

/** Lays a tree of steps out in reading order. Whatever is neither a step nor a message becomes a message to be shown as it is. */
export function layOut(steps: unknown[]): Draft[] {
  return new Layout().lay(steps);
}

class Layout {
  readonly #drafts: Draft[] = [];
  readonly #ids = new Map<string, number>();

  lay(steps: unknown[]): Draft[] {
    steps.forEach((step, index) => {
      this.#step(step, { level: 0, path: `s${index}`, within: [] });
    });
    return this.#drafts;
  }

  #step(value: unknown, place: { level: number; path: string; within: readonly string[] }): number {
    const { level, path } = place;
    const step = asRecord(value);
    if (!step || level >= deepestStep) {
      if (value !== null && value !== undefined) {
        const depth = Math.min(level, deepestStep);
        this.#message(value, { ...place, depth, path: `${path}!`, time: asTime(step?.timestamp) });
      }
      return 0;
    }
    const title = firstText(step, 'description', 'title', 'name') ?? '';
    const summary = firstText(step, 'summary') ?? '';
    const header: StepEntry = {
      kind: 'step',
      id: this.#id(asText(step.id) ? `step ${String(step.id)}` : path),
      depth: Math.max(0, level - 1),
      within: place.within,
      title,
      summary,
      startedAt: asTime(step.started_at),
      completedAt: asTime(step.completed_at),
      messages: 0,
      errors: 0,
      running: false,
      said: '',
      raw: step,
    };
    // Nobody named the turns of a conversation: a person's words head them.
    const headed = level > 0 || title !== '' || summary !== '';
    const within = headed ? [...place.within, header.id] : place.within;
    if (headed) {
      this.#drafts.push(header);
    }
    header.messages = this.#content(step, { level, path, within });
    return header.messages;
  }

  /** Messages, with each nested step where its time puts it; steps without a time come last. */
  #content(step: JsonRecord, place: { level: number; path: string; within: readonly string[] }): number {
    const { level, path, within } = place;
    const nested = asList(step.steps);
    let count = 0;
    let next = 0;
    const layNested = (until: number | undefined): void => {
      for (; next < nested.length; next++) {
        const started = asTime(asRecord(nested[next])?.started_at);
        if (until !== undefined && (started === undefined || started >= until)) {
          return;
        }
        count += this.#step(nested[next], { level: level + 1, path: `${path}s${next}`, within });
      }
    };
    asList(step.messages).forEach((message, index) => {
      const time = asTime(asRecord(message)?.timestamp);
      if (time !== undefined) {
        layNested(time);
      }
      if (message !== null && message !== undefined) {
        this.#message(message, { depth: level, path: `${path}m${index}`, within, time });
        count++;
      }
    });
    layNested(undefined);
    return count;
  }

  #message(
    value: unknown,
    { depth, path, within, time }: { depth: number; path: string; within: readonly string[]; time?: number },
  ): void {
    const message = asRecord(value);
    const given = asText(asList(message?.message_ids)[0]) ?? asText(asRecord(asList(message?.content)[0])?.message_id);
    const id = this.#id(given ? `message ${given}` : path);
    this.#drafts.push({ kind: 'message', id, depth, within, time, value });
  }

  /** The service's ids can be missing or repeated; these are neither. */
  #id(key: string): string {
    const id = shortHash(key);
    const times = this.#ids.get(id) ?? 0;
    this.#ids.set(id, times + 1);
    return times === 0 ? id : shortHash(`${key} ${times}`);
  }
}
