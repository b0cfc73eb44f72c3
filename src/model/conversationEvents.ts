import { asList, asRecord, asText, firstText, type JsonRecord } from './conversationJson';

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
    'reason',
    'model',
    'model_id',
    'value',
  );
}

/** Names of actions and events as words: "call_mcp_tool" is "call mcp tool". */
export function humanName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .trim()
    .toLowerCase();
}

export interface Todo {
  text: string;
  done: boolean;
}

const todoKeys = ['todo_list', 'todos', 'items', 'tasks', 'pending_todos'];

/** The list of things to do that an event carries, or undefined when it carries none. */
export function todosOf(name: string, data: JsonRecord): Todo[] | undefined {
  const key = todoKeys.find((candidate) => Array.isArray(data[candidate]));
  if (!/todo/i.test(name) || key === undefined) {
    return undefined;
  }
  const read = (value: unknown, allDone: boolean): Todo => {
    const item = asRecord(value);
    const status = (firstText(item, 'status', 'state') ?? '').toLowerCase();
    return {
      text: asText(value) ?? firstText(item, 'title', 'content', 'text', 'description', 'name') ?? '',
      done: allDone || item?.completed === true || item?.done === true || /^(?:complete|completed|done)$/.test(status),
    };
  };
  return [
    ...asList(data.completed_todos).map((value) => read(value, true)),
    ...asList(data[key]).map((value) => read(value, false)),
  ].filter((todo) => todo.text !== '');
}
