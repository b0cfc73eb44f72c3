import { StartingRuns } from '../../../src/model/startingRuns';
import type { RenderContext, Translate, Words } from '../../../src/conversation/renderContext';
import type { ArtifactSources } from '../../../src/conversation/pageArtifacts';
import { PlanTexts } from '../../../src/model/planTexts';
import type { FollowUpSources } from '../../../src/conversation/followUpBox';
import { Links } from '../../../src/conversation/links';
import type { Surroundings } from '../../../src/conversation/surroundings';
import { type ErrorCode, isErrorCode } from '../../../src/model/errorHelp';
import type { Run } from '../../../src/oz/types';

export const translate: Translate = (message, ...values) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]));

function sentence(code: ErrorCode): string;
function sentence(code: string | undefined): string | undefined;
function sentence(code: string | undefined): string | undefined {
  return isErrorCode(code) ? `sentence of ${code}` : undefined;
}

/** The extension's words without the editor's: what a test asserts are values, not sentences. */
export const words: Words = {
  age: (iso) => String(iso),
  artifactWord: (type) => type,
  credits: () => '',
  duration: (ms) => `${ms} ms`,
  exactTime: (iso) => iso ?? '',
  runTime: () => '',
  runTitle: (run) => run.title,
  sizeWord: (bytes) => `${bytes} B`,
  sourceWord: (source) => source ?? '',
  stateWord: (state) => state,
  problemWords: (problem) => problem.kind,
  errorSentence: sentence,
  helpButton: (help) => ({ button: help, command: help }),
};

export function context(links = new Links()): RenderContext {
  return { translate, words, language: 'en', link: links.number, run: new Links().number };
}

/** No artifact can be read. */
export const noArtifacts: ArtifactSources = {
  client: { downloadArtifact: () => Promise.reject(new Error('nothing is read here')) },
  plans: new PlanTexts(),
  pictures: { get: () => Promise.resolve('none') },
};

/** Nothing was typed or sent. */
export const noFollowUps: FollowUpSources = {
  queue: {
    of: () => [],
    isLooking: () => false,
    add: () => undefined,
    takeOut: () => undefined,
    remove: () => false,
    send: () => undefined,
    seen: () => undefined,
    onDidChange: () => ({ dispose: () => undefined }),
  },
  drafts: { of: () => '', keep: () => undefined },
  starting: new StartingRuns(),
};

/** Other runs, pins and environments of which nothing is known. */
export const nothingAround: Surroundings = {
  run: () => undefined,
  subRuns: () => [],
  readFamily: () => undefined,
  isPinned: () => false,
  repositories: () => [],
  onDidChange: () => ({ dispose: () => undefined }),
};

/** What the service calls the kinds of actions. */
export const categories = [
  'command',
  'files',
  'search',
  'integration',
  'documents',
  'computer',
  'review',
  'skill',
] as const;

export const runId = '01990c2e-0000-7000-8000-000000000001';

export function makeRun(members: Partial<Run> = {}): Run {
  return {
    run_id: runId,
    title: 'Fix the cart',
    state: 'SUCCEEDED',
    prompt: 'Fix the cart',
    created_at: '2026-11-22T11:00:00Z',
    updated_at: '2026-11-22T11:30:00Z',
    ...members,
  } as Run;
}

/** Seconds after the run's start, as the service writes times. */
export function at(seconds: number): string {
  return new Date(Date.parse('2026-11-22T11:00:00Z') + seconds * 1000).toISOString();
}

type Json = Record<string, unknown>;

export const text = (value: string): Json => ({ type: 'text', text: value });

export const action = (id: string, category: string, name: string, input: Json): Json => ({
  type: 'action',
  id,
  category,
  name,
  input,
});

export const result = (actionId: string, state: string, output: Json): Json => ({
  type: 'action_result',
  action_id: actionId,
  category: 'command',
  name: 'run_command',
  state,
  output,
});

export const message = (role: string, seconds: number | undefined, ...content: unknown[]): Json => ({
  role,
  ...(seconds === undefined ? {} : { timestamp: at(seconds) }),
  content,
});

export const step = (messages: unknown[], steps: unknown[] = [], members: Json = {}): Json => ({
  id: 'root',
  messages,
  steps,
  ...members,
});

export const answer = (...steps: unknown[]): Json => ({ conversation_id: 'c', steps });

/** A conversation of this many short messages. */
export function talk(count: number, length = 60): Json {
  return answer(
    step(
      Array.from({ length: count }, (_, index) =>
        message(index % 2 === 0 ? 'user' : 'assistant', index, text(`${index} ${'word '.repeat(length / 5)}`)),
      ),
    ),
  );
}
