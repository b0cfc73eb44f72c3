import * as vscode from 'vscode';
import { type LeftOut, leftOutOf } from '../model/runAgain';
import type { Run } from '../oz/types';
import { plain } from '../platform/plainText';
import { product } from '../product';

/** What a new run will not have of the one that it repeats, each in a sentence. */
export function leftOutWords(run: Run): string[] {
  return leftOutOf(run).map(leftOutWord);
}

export function leftOutWord(left: LeftOut): string {
  const { t } = vscode.l10n;
  switch (left.kind) {
    case 'secret':
      return t(
        'The value of {0} of the MCP server {1} is left out: {2} keeps it hidden.',
        plain(left.name, 60),
        plain(left.server, 60),
        product.service,
      );
    case 'prompt':
      return t('Only the skill is sent: its text cannot be told from what was added to it.');
    case 'agent':
      return t('It acted as the identity {0}. The new run acts as the API key does.', plain(left.name, 60));
  }
}
