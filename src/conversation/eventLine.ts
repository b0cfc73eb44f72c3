import type { EventBlock } from '../model/conversation';
import { humanName, viewEvent, type EventView } from '../model/conversationEvents';
import { pullRequestName } from '../model/pullRequestName';
import { beside, code, counted, line, named, type ActionLine } from './lineWords';
import { mark, oneLine, phrase, type RenderContext } from './renderContext';
import { agentsLine, todosLine, webLine } from './talkLine';
import { visibleText } from '../platform/plainText';

/** What an event says, in one line. */
export function eventLine(event: EventBlock, context: RenderContext): ActionLine {
  const { translate: t } = context;
  const view = viewEvent(event);
  switch (view.kind) {
    case 'todos':
      return todosLine(view.todos, event.outdated, context);
    case 'thought':
      return line('lightbulb', beside(t('Thought'), view.text));
    case 'summary':
      return line('event', beside(t('Summarized what came before'), view.text));
    case 'error':
      return line('state-error', beside(errorTitle(event.name, context), view.subject));
    case 'model':
      return view.subject === ''
        ? line('event', named(event.name, ''))
        : line('event', phrase(t('Model: {0}', mark), visibleText(oneLine(view.subject, 80))));
    case 'skill':
      return view.subject === ''
        ? line('mortar-board', named(event.name, ''))
        : line('mortar-board', phrase(t('Used the skill {0}', mark), code(view.subject)));
    case 'artifact':
      return artifactLine(view, context);
    case 'web':
      return webLine(view, 'completed', context);
    case 'comments':
      return /address|resolv/i.test(event.name)
        ? line('comment-discussion', [
            counted(view.count, [t('1 review comment addressed'), t('{0} review comments addressed', mark)], context),
          ])
        : line('comment-discussion', named(event.name, ''), [
            counted(view.count, [t('1 comment'), t('{0} comments', mark)], context),
          ]);
    case 'messages': {
      const count = counted(view.count, [t('1 message'), t('{0} messages', mark)], context);
      return line('comment', beside(humanTitle(event.name, context), view.text), view.count > 1 ? [count] : []);
    }
    case 'agents':
      return agentsLine(view, 'completed', context);
    case 'other':
      return line('event', named(event.name || t('Event'), view.subject));
  }
}

function humanTitle(name: string, { translate: t }: RenderContext): string {
  const words = humanName(name);
  return visibleText(oneLine(words.charAt(0).toUpperCase() + words.slice(1), 80)) || t('Event');
}

function errorTitle(name: string, context: RenderContext): string {
  return humanName(name) === 'error' ? context.translate('Error') : humanTitle(name, context);
}

const artifactIcons: Record<string, string> = {
  FILE: 'file',
  PLAN: 'checklist',
  PULL_REQUEST: 'git-pull-request',
  SCREENSHOT: 'file-media',
};

function artifactLine(
  { type, subject }: EventView & { kind: 'artifact' },
  { translate: t, words }: RenderContext,
): ActionLine {
  const kind = type.toUpperCase();
  const word = words.artifactWord(kind);
  return line(
    artifactIcons[kind] ?? 'package',
    beside(word === '' ? t('Artifact') : word, pullRequestName(subject) ?? subject),
  );
}
