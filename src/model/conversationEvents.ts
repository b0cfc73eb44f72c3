import { asList, asNumber, asRecord, asText, firstText, type JsonRecord } from '../oz/json';
import type { EventBlock } from './conversation';
import { agentsView, type AgentReference } from './conversationAgents';
import { shortMembers } from './conversationJson';
import { webView } from './conversationSearch';

/** The most telling text of data of an unknown shape. */
export function subjectOf(data: JsonRecord): string | undefined {
  return firstText(
    data,
    'title',
    'question',
    'summary',
    'message',
    'description',
    'query',
    'name',
    'path',
    'url',
    'text',
    'error',
    'reason',
    'model',
    'model_id',
    'value',
  );
}

/** That text, or else the members in a few words, in parentheses. */
export function tellingOf(data: JsonRecord): string {
  return subjectOf(data) ?? inParentheses(shortMembers(data));
}

export function inParentheses(text: string): string {
  return text === '' ? '' : `(${text})`;
}

/** Names of actions and events as words: "call_mcp_tool" is "call mcp tool". */
export function humanName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** What an event is about. Neither names nor data of events are documented: what fits nothing is `other`. */
export type EventView =
  | { kind: 'todos'; todos: Todo[] }
  | { kind: 'thought' | 'summary'; text: string }
  | { kind: 'error' | 'model' | 'skill' | 'other'; subject: string }
  | { kind: 'artifact'; type: string; subject: string }
  | { kind: 'web'; verb: 'search' | 'read'; about: string[]; found?: number }
  | { kind: 'comments'; count: number }
  | { kind: 'messages'; count: number; text: string }
  | { kind: 'agents'; verb: 'start' | 'message'; agents: AgentReference[]; message: string };

export function viewEvent({ name, data }: Pick<EventBlock, 'name' | 'data'>): EventView {
  const words = humanName(name);
  const subject = subjectOf(data) ?? '';
  const todos = todosOf(name, data);
  if (todos) {
    return { kind: 'todos', todos };
  }
  if (/\b(?:reasoning|thinking|thought)\b/.test(words)) {
    return { kind: 'thought', text: firstText(data, 'text', 'reasoning', 'thinking', 'content', 'summary') ?? subject };
  }
  if (/\bsummar(?:y|i[sz]ed?|i[sz]ation)\b/.test(words)) {
    return { kind: 'summary', text: firstText(data, 'summary', 'text', 'content') ?? subject };
  }
  if (/\b(?:error|failed|failure)\b/.test(words)) {
    const inner = asRecord(data.error);
    return { kind: 'error', subject: firstText(data, 'error', 'message') ?? firstText(inner, 'message') ?? subject };
  }
  if (/\bmodel\b/.test(words)) {
    return {
      kind: 'model',
      subject: firstText(data, 'model_name', 'display_name', 'model', 'model_id', 'id') ?? subject,
    };
  }
  if (/\bskill\b/.test(words)) {
    return { kind: 'skill', subject: firstText(data, 'name', 'skill_name', 'skill', 'skill_path', 'path') ?? subject };
  }
  return (
    artifactView(words, data) ?? talkView(name, words, data) ?? { kind: 'other', subject: tellingOf(withoutIds(data)) }
  );
}

/** Ids tell a person nothing. */
function withoutIds(data: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !/(?:^|_)u?u?ids?$|[a-z]U?u?Ids?$/.test(key)));
}

function artifactView(words: string, data: JsonRecord): EventView | undefined {
  const inner = asRecord(data.data) ?? asRecord(data.artifact);
  const type = firstText(data, 'artifact_type') ?? firstText(inner, 'artifact_type', 'type');
  return /\bartifact\b/.test(words) || type !== undefined
    ? {
        kind: 'artifact',
        type: type ?? firstText(data, 'type') ?? '',
        subject:
          [data, inner]
            .map((record) => firstText(record, 'title', 'filename', 'filepath', 'url', 'name', 'description', 'branch'))
            .find(Boolean) ?? '',
      }
    : undefined;
}

function talkView(name: string, words: string, data: JsonRecord): EventView | undefined {
  const web = webView({ name, input: data, output: data });
  if (web) {
    return web;
  }
  if (/\bcomments?\b/.test(words)) {
    const count = asNumber(data.count) ?? asNumber(data.num_comments) ?? asNumber(data.num_comments_addressed);
    const listed = asList(data.comments).length;
    return count === undefined && listed === 0 ? undefined : { kind: 'comments', count: count ?? listed };
  }
  if (/\breceived\b|\bfrom agents?\b/.test(words)) {
    const messages = [...asList(data.messages), ...asList(data.events)];
    const [first] = messages;
    const text = asText(first) ?? firstText(asRecord(first), 'message', 'text', 'subject', 'summary', 'title', 'type');
    return messages.length === 0 ? undefined : { kind: 'messages', count: messages.length, text: text ?? '' };
  }
  return agentsView({ name, input: data, output: {} });
}

export interface Todo {
  text: string;
  done: boolean;
  /** It is being worked on. */
  current?: true;
}

const todoKeys = ['todo_list', 'todos', 'items', 'tasks', 'pending_todos'];

/** The list of things to do that an event or an action carries, or undefined when it carries none. */
export function todosOf(name: string, data: JsonRecord): Todo[] | undefined {
  if (!/todo/i.test(name)) {
    return undefined;
  }
  const key = todoKeys.find((candidate) => Array.isArray(data[candidate]));
  if (key === undefined && !Array.isArray(data.completed_todos)) {
    return undefined;
  }
  const read = (value: unknown, allDone: boolean): Todo => {
    const item = asRecord(value);
    const status = (firstText(item, 'status', 'state') ?? '').toLowerCase();
    return {
      text: asText(value) ?? firstText(item, 'title', 'content', 'text', 'description', 'name') ?? '',
      done: allDone || item?.completed === true || item?.done === true || /^(?:complete|completed|done)$/.test(status),
      ...(/^(?:in[_ ]?progress|active|current|running)$/.test(status) ? { current: true } : {}),
    };
  };
  return [
    ...asList(data.completed_todos).map((value) => read(value, true)),
    ...asList(key === undefined ? [] : data[key]).map((value) => read(value, false)),
  ].filter((todo) => todo.text !== '');
}
