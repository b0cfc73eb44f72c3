import * as vscode from 'vscode';
import { type ConversationLink, type NoLink, readLink } from '../model/conversationLink';
import { linkTarget, type LinkTarget, type LinkTargetDeps } from '../model/linkTarget';
import { asProblem } from '../model/loadStatus';
import type { Conversation } from '../oz/types';
import { openUrl } from '../platform/openUrl';
import { plain } from '../platform/plainText';
import { problemWords } from '../platform/problemWords';
import { product, sessionPage } from '../product';

export interface OpenConversationByIdDeps extends LinkTargetDeps {
  webUrl: () => string;
  baseUrl: () => string;
  show: (runId: string) => Promise<void>;
  /** Shows a conversation that no known run has. */
  showConversation: (conversationId: string, given?: Conversation) => Promise<void>;
  reveal: (runId: string) => Promise<unknown>;
}

/** Opens the conversation that an id or a link leads to. Nothing of a link is used but the id in it. */
export async function openConversationById(deps: OpenConversationByIdDeps): Promise<void> {
  const target = await askTarget(deps);
  switch (target?.kind) {
    case undefined:
      return;
    case 'run':
      await deps.show(target.runId);
      await deps.reveal(target.runId);
      return;
    case 'conversation':
      return deps.showConversation(target.conversationId, target.conversation);
    case 'session':
      return offerSession(deps, target.sessionUuid);
  }
}

/** Asks until there is something to open; undefined when the box was dismissed. What was typed stays in it. */
async function askTarget(deps: OpenConversationByIdDeps): Promise<LinkTarget | undefined> {
  const { t } = vscode.l10n;
  const box = vscode.window.createInputBox();
  box.title = t('Open Conversation by ID or Link');
  box.placeholder = t('An id, or the link of a run, a conversation or a session');
  box.ignoreFocusOut = true;
  const say = (severity: vscode.InputBoxValidationSeverity, message: string): void => {
    box.validationMessage = { severity, message };
  };
  const { Error: wrong, Info: right } = vscode.InputBoxValidationSeverity;
  const linkIn = (text: string): ConversationLink =>
    readLink(text, [deps.webUrl(), deps.baseUrl(), product.webUrl, product.baseUrl]);
  let search = new AbortController();
  const find = async (): Promise<LinkTarget | undefined> => {
    const link = linkIn(box.value);
    if (link.kind === 'none') {
      say(wrong, noLinkWords(link));
      return undefined;
    }
    const { signal } = search;
    box.busy = true;
    const found = await linkTarget(deps, link, signal).catch((error: unknown) => problemWords(asProblem(error)));
    if (signal.aborted) {
      return undefined;
    }
    box.busy = false;
    if (typeof found === 'object') {
      return found;
    }
    say(wrong, found ?? t('There is no such run or conversation, or none that your key may see.'));
    return undefined;
  };
  try {
    return await new Promise((resolve) => {
      box.onDidChangeValue((value) => {
        // Another text: what is being looked for is not wanted any more.
        search.abort();
        search = new AbortController();
        box.busy = false;
        const link = linkIn(value);
        if (link.kind !== 'none') {
          say(right, recognisedWords(link.kind));
        } else if (link.why === 'empty') {
          box.validationMessage = undefined;
        } else {
          say(wrong, noLinkWords(link));
        }
      });
      box.onDidAccept(() => {
        if (!box.busy) {
          void find().then((target) => {
            if (target) {
              resolve(target);
            }
          });
        }
      });
      box.onDidHide(() => {
        resolve(undefined);
      });
      box.show();
    });
  } finally {
    search.abort();
    box.dispose();
  }
}

function recognisedWords(kind: Exclude<ConversationLink, NoLink>['kind']): string {
  const { t } = vscode.l10n;
  switch (kind) {
    case 'run':
      return t('A run: Enter opens its conversation.');
    case 'conversation':
      return t('A conversation: Enter opens it.');
    case 'session':
      return t('A session: Enter opens the conversation that it became, or its run.');
    case 'any':
      return t('An id: Enter looks for its run, conversation or session.');
  }
}

function noLinkWords({ why, host = '' }: NoLink): string {
  const { t } = vscode.l10n;
  const { service } = product;
  switch (why) {
    case 'empty':
      return t('Paste an id or a link first.');
    case 'text':
      return t('This is neither an id nor a link of {0}: an id looks like {1}.', service, exampleId);
    case 'host':
      return t('{0} is not {1}: its links are not opened.', plain(host, 80), service);
    case 'page':
      return t('This page of {0} is not of a run, a conversation or a session.', service);
  }
}

const exampleId = '0192f3a4-5b6c-7d8e-9f01-23456789abcd';

/** A session that lives, of a run that is not known here, is only to be seen in the browser. */
async function offerSession({ baseUrl }: OpenConversationByIdDeps, sessionUuid: string): Promise<void> {
  const { t } = vscode.l10n;
  const open = t('Open in Browser');
  const words = t('This session has no conversation yet, and its run was not found: it may still be live.');
  if ((await vscode.window.showInformationMessage(words, open)) === open) {
    await openUrl(sessionPage(baseUrl(), sessionUuid));
  }
}
