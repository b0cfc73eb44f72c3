import type { components } from '../../src/oz/openapi';
import { iso } from './clock';
import { allMessages, type Step } from './script';

export type Conversation = components['schemas']['ConversationResponse'];

/** What one execution of a run says, to its end; the messages' times decide how much of it has been said. */
export interface Part {
  steps: Step[];
  /** Nothing after this time was said: the run was stopped. */
  cutAt?: number;
}

interface Stored {
  parts: (Part | (() => Step[]))[];
  /** The answer, once nothing is going to be added by the passing of time. */
  whole?: Conversation;
}

/** All conversations, most of them not written before somebody asks. */
export class Conversations {
  readonly #stored = new Map<string, Stored>();
  /** Writes conversations that a scenario did not add one by one. */
  fallback: (id: string) => Step[] | undefined = () => undefined;

  /** Adds what is said next; written at first use when given as a function. */
  add(id: string, part: Part | (() => Step[])): void {
    const stored = this.#stored.get(id) ?? { parts: this.#inherited(id) };
    stored.parts.push(part);
    delete stored.whole;
    this.#stored.set(id, stored);
  }

  /** Ends what is being said at `time`. */
  cut(id: string, time: number): void {
    for (const part of this.#read(id)) part.cutAt = Math.min(part.cutAt ?? Infinity, time);
    delete this.#stored.get(id)?.whole;
  }

  has(id: string): boolean {
    return this.#stored.has(id) || this.fallback(id) !== undefined;
  }

  /** What has been said by `now`. A conversation that is over is frozen and the same object at every call. */
  at(id: string, now: number): Conversation | undefined {
    const stored = this.#stored.get(id);
    if (stored?.whole) return stored.whole;
    const parts = stored ? this.#read(id) : this.#inherited(id);
    if (!parts.length) return undefined;
    const conversation = {
      conversation_id: id,
      steps: parts.flatMap(({ steps, cutAt = Infinity }) => said(steps, Math.min(now, cutAt))),
    };
    if (stored && parts.every((part) => part.cutAt !== undefined || isSaid(part.steps, now))) {
      stored.whole = Object.freeze(conversation);
    }
    return conversation;
  }

  /** The parts of a stored conversation, all written. */
  #read(id: string): Part[] {
    const stored = this.#stored.get(id);
    if (!stored) return [];
    const parts = stored.parts.map((part) => (typeof part === 'function' ? { steps: part() } : part));
    stored.parts = parts;
    return parts;
  }

  #inherited(id: string): Part[] {
    const steps = this.fallback(id);
    return steps ? [{ steps }] : [];
  }
}

function isSaid(steps: readonly Step[], now: number): boolean {
  return allMessages(steps).every((message) => !(Date.parse(message.timestamp ?? '') > now));
}

/** The steps as they stand at `now`. The service dates a step by the messages in it. */
function said(steps: readonly Step[], now: number): Step[] {
  return steps.flatMap(({ summary, ...step }) => {
    const messages = step.messages.filter((message) => !(Date.parse(message.timestamp ?? '') > now));
    const nested = said(step.steps, now);
    if (!messages.length && !nested.length && step.messages.length + step.steps.length > 0) return [];
    const times = [
      ...messages.map((message) => Date.parse(message.timestamp ?? '')),
      ...nested.flatMap((one) => [Date.parse(one.started_at ?? ''), Date.parse(one.completed_at ?? '')]),
    ].filter((time) => !Number.isNaN(time));
    return [
      {
        ...step,
        ...(summary !== undefined && isSaid([{ ...step }], now) && { summary }),
        ...(times.length && {
          started_at: iso(times.reduce((least, time) => Math.min(least, time))),
          completed_at: iso(times.reduce((most, time) => Math.max(most, time))),
        }),
        messages,
        steps: nested,
      },
    ];
  });
}
