import type { components } from '../../src/oz/openapi';
import { iso } from './clock';
import { recount } from './diffs';
import type { Random } from './random';

type Schemas = components['schemas'];
export type Step = Schemas['ConversationStep'];
export type Message = Schemas['ConversationMessage'];
export type Block = Schemas['ConversationContentBlock'];
export type Category = Schemas['ActionCategory'];
export type ActionState = Schemas['ActionState'];

export interface Act {
  category: Category;
  name: string;
  input: Record<string, unknown>;
  /** What it gave; left out while no result has arrived. */
  output?: Record<string, unknown>;
  state?: ActionState;
  /** Seconds from the action to its result. */
  takes?: number;
  /** What the assistant says in the same message, before the action. */
  say?: string;
}

/** Writes a conversation turn by turn, with a clock that runs along: every message is a little later than the one before. */
export class Script {
  readonly #steps: Step[] = [];
  readonly #open: Step[] = [];
  #at: number;

  constructor(
    start: number,
    private readonly random: Random,
  ) {
    this.#at = start;
  }

  /** When the last message was written. */
  get at(): number {
    return this.#at;
  }

  get steps(): Step[] {
    return this.#steps;
  }

  /** A step with what `inside` writes; within another step it is delegated work. */
  step(description: string, inside: () => void, summary?: string): this {
    const step: Step = { id: this.random.uuid(), description, messages: [], steps: [] };
    (this.#open.at(-1)?.steps ?? this.#steps).push(step);
    this.#open.push(step);
    inside();
    this.#open.pop();
    if (summary !== undefined) step.summary = summary;
    return this;
  }

  wait(seconds: number): this {
    this.#at += Math.round(seconds * 1000);
    return this;
  }

  user(text: string): this {
    return this.message('user', [{ type: 'text', text }], 1);
  }

  say(text: string): this {
    return this.message('assistant', [{ type: 'text', text }]);
  }

  system(text: string): this {
    return this.message('system', [{ type: 'text', text }]);
  }

  event(name: string, data: Record<string, unknown>): this {
    return this.message('system', [{ type: 'event', name, data }], 1);
  }

  act({ category, name, input, output, state = 'completed', takes, say }: Act): this {
    const id = `act_${this.random.hex(12)}`;
    this.message('assistant', [
      ...(say === undefined ? [] : [{ type: 'text' as const, text: say }]),
      { type: 'action', id, category, name, input },
    ]);
    if (!output) return this;
    this.wait(takes ?? this.random.between(1, 20));
    return this.message('tool', [{ type: 'action_result', action_id: id, category, name, state, output }], 0);
  }

  run(command: string, output: string, { exit = 0, ...rest }: Partial<Act> & { exit?: number } = {}): this {
    return this.act({
      category: 'command',
      name: 'run_command',
      input: { command },
      output: { status: 'complete', exit_code: exit, output },
      state: exit === 0 ? 'completed' : 'failed',
      ...rest,
    });
  }

  edit(title: string, filePaths: string[], diff: string, rest: Partial<Act> = {}): this {
    const input = { title, file_paths: filePaths };
    return this.act({
      category: 'files',
      name: 'edit_files',
      input,
      output: { diff: recount(diff) },
      takes: 2,
      ...rest,
    });
  }

  read(...files: string[]): this {
    const output = {
      files: files.map((file) => ({ path: file, lines: [{ start: 1, end: this.random.between(40, 320) }] })),
    };
    return this.act({
      category: 'files',
      name: 'read_files',
      input: { files: files.map((file) => ({ path: file })) },
      output,
      takes: 1,
    });
  }

  grep(queries: string[], where: string, files: string[]): this {
    const output = { files: files.map((file) => ({ path: file, lines: [{ start: 12, end: 18 }] })) };
    return this.act({ category: 'search', name: 'grep', input: { queries, path: where }, output, takes: 1 });
  }

  /** A message as it is, `seconds` after the one before. */
  message(role: Message['role'], content: Block[], seconds?: number): this {
    const step = this.#open.at(-1);
    if (!step) throw new Error('A message stands in a step.');
    this.wait(seconds ?? this.random.between(2, 9));
    step.messages.push({ role, message_ids: [this.random.uuid()], timestamp: iso(this.#at), content });
    return this;
  }
}

/** Moves the messages of `steps` so that the first is at `start` and the last at `end`, changing `steps`. */
export function fit(steps: Step[], start: number, end: number): Step[] {
  const messages = allMessages(steps);
  const times = messages.map((message) => Date.parse(message.timestamp ?? '')).filter((time) => !Number.isNaN(time));
  const first = times.reduce((least, time) => Math.min(least, time), Infinity);
  const last = times.reduce((most, time) => Math.max(most, time), -Infinity);
  const scale = last > first ? (end - start) / (last - first) : 0;
  for (const message of messages) {
    if (message.timestamp !== undefined) {
      message.timestamp = iso(start + (Date.parse(message.timestamp) - first) * scale);
    }
  }
  return steps;
}

export function allMessages(steps: readonly Step[]): Message[] {
  return steps.flatMap((step) => [...step.messages, ...allMessages(step.steps)]);
}
