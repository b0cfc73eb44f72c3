import * as vscode from 'vscode';
import { readLink } from '../../model/conversationLink';
import { isActive } from '../../model/runTime';
import type { Run } from '../../oz/types';
import { plain } from '../../platform/plainText';
import { runTitle } from '../../platform/words';
import { product } from '../../product';
import { askText } from '../askText';
import type { OptionDeps, OptionKind } from './optionKind';

/** The conversation that the run goes on with: by its id or link, or by a run that is known here. */
export function conversationOption(deps: Pick<OptionDeps, 'runs' | 'webUrl' | 'baseUrl'>): OptionKind {
  const { t } = vscode.l10n;
  const label = t('Conversation to Continue');
  const runOf = (id: string): Run | undefined =>
    [...deps.runs.all()].find(({ conversation_id: conversation }) => conversation === id);
  const conversationIn = (text: string): string | undefined => {
    const link = readLink(text, [deps.webUrl(), deps.baseUrl(), product.webUrl, product.baseUrl]);
    if (link.kind === 'none' || link.kind === 'session') {
      return undefined;
    }
    const run = link.kind === 'conversation' ? undefined : deps.runs.get(link.id);
    return run || link.kind === 'run' ? run?.conversation_id : link.id;
  };
  return {
    name: 'conversation',
    icon: 'reply',
    label,
    value: ({ conversation }) => {
      const run = conversation === undefined ? undefined : runOf(conversation);
      return run ? runTitle(run, 80) : conversation && plain(conversation, 80);
    },
    warning: ({ conversation }) => {
      const run = conversation === undefined ? undefined : runOf(conversation);
      return run && isActive(run.state) ? t('a run is still at work in it') : undefined;
    },
    ask: async (options) => {
      await askText({
        title: label,
        prompt: t('The run goes on from where that conversation ended. Leave it empty for a new conversation.'),
        placeholder: t('The id or the link of a conversation, or of a run in the list'),
        value: options.all.conversation ?? '',
        canGoBack: true,
        complaint: (text) =>
          text === '' || conversationIn(text) !== undefined
            ? undefined
            : t('This leads to no conversation. Paste its id or link, or those of a run in the list that has one.'),
        onChange: (text) => {
          const id = conversationIn(text);
          if (text.trim() === '' || id !== undefined) {
            options.set('conversation', id);
          }
        },
      });
    },
  };
}
