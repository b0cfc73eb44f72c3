import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Conversation, ListRunsQuery, Message, Run, Step } from '../oz/types';
import type { ConversationLink, NoLink } from './conversationLink';

export interface LinkTargetDeps {
  runs: {
    get(runId: string): Run | undefined;
    all(): Iterable<Run>;
    putHistory(runs: readonly Run[]): void;
  };
  client: Pick<OzClient, 'getRun' | 'getConversation' | 'listRuns' | 'sessionConversation'>;
}

/** What a link leads to: a run, which its panel shows, a conversation of no run that is known, or a session that still lives. */
export type LinkTarget =
  | { kind: 'run'; runId: string }
  /** `conversation` unless the service keeps it in a form that it does not give out. */
  | { kind: 'conversation'; conversationId: string; conversation: Conversation | undefined }
  | { kind: 'session'; sessionUuid: string };

/** Runs that are looked through for the one of a conversation or session, and milliseconds by which clocks may differ. */
const mostRuns = 100;
const clocksApart = 60_000;

/**
 * Finds what a link leads to, with a handful of requests. A run that was found is known from then on.
 * @returns undefined when there is nothing, or nothing that the key may see
 * @throws ApiProblem
 */
export async function linkTarget(
  deps: LinkTargetDeps,
  { kind, id }: Exclude<ConversationLink, NoLink>,
  signal: AbortSignal,
): Promise<LinkTarget | undefined> {
  switch (kind) {
    case 'run':
      return runTarget(deps, id, signal);
    case 'conversation':
      return conversationTarget(deps, id, signal);
    case 'session':
      return (
        (await pastSession(deps, id, signal)) ??
        asRun(await search(deps, { limit: mostRuns }, isOfSession(id), signal)) ?? { kind: 'session', sessionUuid: id }
      );
    case 'any':
      return (
        (await runTarget(deps, id, signal)) ??
        (await conversationTarget(deps, id, signal)) ??
        pastSession(deps, id, signal)
      );
  }
}

async function runTarget({ runs, client }: LinkTargetDeps, runId: string, signal: AbortSignal) {
  if (!runs.get(runId)) {
    const run = await unlessMissing(client.getRun(runId, signal));
    if (!run) {
      return undefined;
    }
    runs.putHistory([run]);
  }
  return { kind: 'run', runId } as const;
}

async function conversationTarget(
  deps: LinkTargetDeps,
  conversationId: string,
  signal: AbortSignal,
): Promise<LinkTarget | undefined> {
  const isOfIt = (run: Run): boolean => run.conversation_id === conversationId;
  const known = asRun(newest(deps.runs.all(), isOfIt));
  if (known) {
    return known;
  }
  const conversation = await unlessMissing(
    deps.client.getConversation(conversationId, signal).catch((error: unknown) => {
      if (ApiProblem.is(error) && error.kind === 'unsupported') {
        return 'unsupported' as const;
      }
      throw error;
    }),
  );
  if (!conversation) {
    return undefined;
  }
  const read = conversation === 'unsupported' ? undefined : conversation;
  const found = asRun(await search(deps, around(read), isOfIt, signal));
  return found ?? { kind: 'conversation', conversationId, conversation: read };
}

/** The run or conversation of a session that is known here, or has ended. */
async function pastSession(deps: LinkTargetDeps, id: string, signal: AbortSignal): Promise<LinkTarget | undefined> {
  const known = asRun(newest(deps.runs.all(), isOfSession(id)));
  if (known) {
    return known;
  }
  const conversationId = await unlessMissing(deps.client.sessionConversation(id, signal));
  return conversationId === undefined ? undefined : conversationTarget(deps, conversationId, signal);
}

const isOfSession =
  (id: string) =>
  (run: Run): boolean =>
    run.session_id === id;

function asRun(run: Run | undefined): LinkTarget | undefined {
  return run && { kind: 'run', runId: run.run_id };
}

/** The list has no filter for it, so one page is read. It only adds to what is shown: when it fails there is no such run. */
async function search(
  { runs, client }: LinkTargetDeps,
  query: ListRunsQuery,
  isIt: (run: Run) => boolean,
  signal: AbortSignal,
): Promise<Run | undefined> {
  try {
    const found = newest((await client.listRuns(query, signal)).runs, isIt);
    runs.putHistory(found ? [found] : []);
    return found;
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    return undefined;
  }
}

/** The runs among which the one of a conversation is most likely: those created last before it began, or at all. */
function around(conversation: Conversation | undefined): ListRunsQuery {
  const began = conversation && beginningOf(conversation.steps);
  return began === undefined
    ? { limit: mostRuns }
    : {
        limit: mostRuns,
        sort_by: 'created_at',
        sort_order: 'desc',
        created_before: new Date(began + clocksApart).toISOString(),
      };
}

function beginningOf(steps: readonly Step[]): number | undefined {
  const times = steps.flatMap(({ started_at: started, messages }) => [
    started,
    ...messages.map(({ timestamp }: Message) => timestamp),
  ]);
  const known = times.map((time) => Date.parse(time ?? '')).filter((time) => !Number.isNaN(time));
  return known.reduce<number | undefined>((least, time) => Math.min(least ?? time, time), undefined);
}

/** Several runs may go on with one conversation. */
function newest(runs: Iterable<Run>, isIt: (run: Run) => boolean): Run | undefined {
  let found: Run | undefined;
  for (const run of runs) {
    if (isIt(run) && (!found || run.created_at > found.created_at)) {
      found = run;
    }
  }
  return found;
}

/** An id of something else, or one that cannot be any, is missing too. */
async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (ApiProblem.is(error) && (error.kind === 'notFound' || error.kind === 'invalid')) {
      return undefined;
    }
    throw error;
  }
}
