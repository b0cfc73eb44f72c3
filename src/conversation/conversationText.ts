import { prettyJson } from '../model/conversationJson';
import { hostTurns, inTurns } from '../model/inTurns';
import { withoutSecrets } from '../model/unknownMembers';
import { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import { markdownOf, markdownParts, type MarkdownSubject } from './conversationMarkdown';
import { type ConversationSource, sourceKey } from './conversationSource';
import { LiveConversation, type LiveDeps } from './liveConversation';
import type { RenderContext } from './renderContext';

/** Markdown is for people, JSON is the run and the conversation as the service sent them, but for secrets of the run's servers. */
export type TextFormat = 'markdown' | 'json';

export interface TextDeps extends LiveDeps {
  context: Omit<RenderContext, 'link' | 'run'>;
  /** Where a run, or a conversation alone, can be seen in the browser. */
  pageUrl: (source: ConversationSource) => string;
}

/** A conversation that was read, as one text. It is written in turns: nothing else waits for a long one. */
export async function conversationText(
  live: Pick<LiveConversation, 'answer' | 'entries' | 'run' | 'source'>,
  format: TextFormat,
  { context, pageUrl }: Pick<TextDeps, 'context' | 'pageUrl'>,
  signal?: AbortSignal,
): Promise<string> {
  const url = pageUrl(live.source);
  if (format === 'json') {
    return prettyJson({ url, run: live.run && toGiveAway(live.run), conversation: live.answer }) + '\n';
  }
  const subject: MarkdownSubject = { run: live.run, url };
  // A document's links are its own text: none of them needs a number.
  const parts = markdownParts(live.entries, subject, { ...context, link: () => 0, run: () => 0 });
  return markdownOf(await inTurns(parts, { ...hostTurns, signal }));
}

/** The run without what its MCP servers are called with: variables and headers hold keys, and a file is given away. */
function toGiveAway(run: Run): unknown {
  const servers = run.agent_config?.mcp_servers;
  return servers ? { ...run, agent_config: { ...run.agent_config, mcp_servers: withoutSecrets(servers) } } : run;
}

export interface ReadText {
  text: string;
  run: Run | undefined;
}

/**
 * Reads a conversation once and writes it as one text.
 * @throws ApiProblem when it cannot be read, `aborted` when nobody wants it any more
 */
export async function readText(
  source: ConversationSource,
  format: TextFormat,
  deps: TextDeps,
  signal: AbortSignal,
): Promise<ReadText> {
  const live = new LiveConversation(source, deps);
  const stop = (): void => {
    live.dispose();
  };
  signal.addEventListener('abort', stop);
  try {
    await live.read();
    signal.throwIfAborted();
    if (live.reading !== 'good') {
      const message = `The conversation of ${sourceKey(source)} could not be read.`;
      throw live.problem ?? new ApiProblem({ kind: 'notFound', message, retryable: false });
    }
    return { text: await conversationText(live, format, deps, signal), run: live.run };
  } catch (error) {
    throw signal.aborted ? new ApiProblem({ kind: 'aborted', message: 'Cancelled.', retryable: false }) : error;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
