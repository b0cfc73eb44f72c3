import type { CommandView } from '../model/conversationCommands';
import { code, line, say, type ActionLine, type Sentences } from './lineWords';
import { mark, phrase, type RenderContext } from './renderContext';

/** Lines of a script that do not say what it is for. */
const preparation = /^\s*(?:#|set [-+]|cd |export )/;

/** What was done in a terminal, in one line: of a script, the first that says what it is for. */
export function commandLine(view: CommandView, state: string, { translate: t }: RenderContext): ActionLine {
  const lines = view.command.split('\n').filter((text) => text.trim() !== '');
  const telling = lines.find((text) => !preparation.test(text)) ?? lines[0] ?? '';
  const more = lines.length < 2 ? [] : [t('{0} lines', lines.length)];
  const about = code(telling);
  switch (view.verb) {
    case 'run':
      return line(
        'terminal',
        say([t('Ran {0}', mark), t('Running {0}', mark), t('Run {0}', mark)], state, about),
        more,
      );
    case 'type': {
      const sentences: Sentences = [
        t('Typed {0} into the terminal', mark),
        t('Typing {0} into the terminal', mark),
        t('Type {0} into the terminal', mark),
      ];
      return line('terminal', say(sentences, state, about), more);
    }
    case 'read': {
      const sentences: Sentences = [
        t('Read what {0} printed', mark),
        t('Reading what {0} prints', mark),
        t('Read what {0} prints', mark),
      ];
      return line('terminal', say(sentences, state, about));
    }
    case 'handOver':
      return line(
        'account',
        view.command === ''
          ? [t('The terminal was left to a person')]
          : phrase(t('The terminal of {0} was left to a person', mark), about),
      );
  }
}
