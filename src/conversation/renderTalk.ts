import type { AgentReference, AgentsView, Question } from '../model/conversationAgents';
import type { Todo } from '../model/conversationEvents';
import { numberWord, oneLine, type RenderContext } from './renderContext';
import type { ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Items of such lists that are shown. */
const most = 100;

/** Things to do as check marks. */
export function todoNodes(todos: readonly Todo[], context: RenderContext): ViewNode[] {
  const { translate: t } = context;
  return [
    [
      'ul',
      { class: 'todos', label: t('To do') },
      ...todos.slice(0, most).map((todo): ViewNode => [
        'li',
        todo.done ? 'task done' : todo.current ? 'task current' : 'task',
        [
          'span',
          {
            class: todo.done ? 'icon check-on' : todo.current ? 'icon record' : 'icon check-off',
            role: 'img',
            label: todo.done ? t('Done') : todo.current ? t('Being worked on') : t('To do'),
          },
        ],
        visibleText(oneLine(todo.text, 400)),
      ]),
    ],
    ...more(todos.length, context),
  ];
}

/** What is asked, what can be chosen, and what was. */
export function questionNodes(questions: readonly Question[], { translate: t }: RenderContext): ViewNode[] {
  return questions
    .slice(0, 10)
    .flatMap(({ text, options, answer }): ViewNode[] => [
      ['p', 'question', visibleText(text.slice(0, 2000))],
      ...(options.length === 0
        ? []
        : [
            [
              'ul',
              'options',
              ...options
                .slice(0, 30)
                .map((option): ViewNode => [
                  'li',
                  option === answer ? 'chosen' : '',
                  visibleText(oneLine(option, 400)),
                ]),
            ] as const,
          ]),
      ...(answer === '' || options.includes(answer)
        ? []
        : [['p', 'answer', t('Answer: {0}', visibleText(answer.slice(0, 2000)))] as const]),
    ]);
}

/** Agents stand below their line where it cannot name all of them, or where they lead to their runs. */
export function areBelow({ verb, agents }: Pick<AgentsView, 'agents' | 'verb'>): boolean {
  return agents.some(({ runId }) => runId !== undefined) || (verb === 'start' && agents.length > 1);
}

/** Agents by name; one whose run is known leads to it. */
export function agentNodes(agents: readonly AgentReference[], context: RenderContext): ViewNode[] {
  const { translate: t } = context;
  return [
    [
      'ul',
      'runs',
      ...agents.slice(0, most).map(({ name, runId }): ViewNode => {
        // A single one is named in the line already.
        const isAlone = agents.length === 1 && runId !== undefined;
        const words = isAlone ? t('Open its conversation') : t('Run {0}', (runId ?? '').slice(0, 8));
        const shown = isAlone ? words : visibleText(oneLine(name, 120)) || words;
        return [
          'li',
          '',
          runId === undefined
            ? shown
            : [
                'button',
                {
                  class: 'small',
                  does: 'run',
                  item: context.run(runId),
                  title: t('Open the conversation of this run'),
                },
                shown,
              ],
        ];
      }),
    ],
    ...more(agents.length, context),
  ];
}

function more(count: number, context: RenderContext): ViewNode[] {
  return count > most ? [['p', 'note', context.translate('and {0} more', numberWord(count - most, context))]] : [];
}
