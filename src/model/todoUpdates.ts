import type { ActionBlock, Block, Entry, EventBlock } from './conversation';
import { todosOf, type Todo } from './conversationEvents';

interface TodoList {
  block: ActionBlock | EventBlock;
  todos: Todo[];
}

/** Marks the lists of things to do that a later one goes on with: one that shares a thing with them. */
export function tellTodos(entries: readonly Entry[]): void {
  const lists: TodoList[] = [];
  for (const entry of entries) {
    for (const block of entry.kind === 'message' ? entry.blocks : []) {
      const todos = todosIn(block);
      if (todos && block.kind !== 'text' && block.kind !== 'unknown') {
        lists.push({ block, todos });
      }
    }
  }
  const later = new Set<string>();
  const outdated: TodoList[] = [];
  for (const list of lists.reverse()) {
    if (list.todos.some(({ text }) => later.has(text))) {
      outdated.push(list);
    }
    for (const { text } of list.todos) {
      later.add(text);
    }
  }
  const known = new Set<string>();
  for (const { block, todos } of outdated.reverse()) {
    const done = todos.flatMap((todo) => (todo.done ? [todo.text] : []));
    block.outdated = done.filter((text) => !known.has(text));
    for (const text of done) {
      known.add(text);
    }
  }
}

function todosIn(block: Block): Todo[] | undefined {
  switch (block.kind) {
    case 'action':
      return todosOf(block.name, block.input) ?? todosOf(block.name, block.output);
    case 'event':
      return todosOf(block.name, block.data);
    default:
      return undefined;
  }
}
