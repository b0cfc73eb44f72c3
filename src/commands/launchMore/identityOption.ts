import * as vscode from 'vscode';
import { plain } from '../../platform/plainText';
import { back } from '../askText';
import { chooseIdentity, type ChooseIdentityDeps } from '../chooseIdentity';
import type { OptionKind } from './optionKind';

export function identityOption(deps: ChooseIdentityDeps): OptionKind {
  const { t } = vscode.l10n;
  return {
    name: 'identity',
    icon: 'account',
    label: t('Identity'),
    value: ({ identity }) => identity && plain(identity.name, 80),
    warning: ({ identity, team }) =>
      identity && team === false ? t('only runs that the team owns have one') : undefined,
    ask: async (options) => {
      const chosen = await chooseIdentity(deps, options.all.identity);
      if (chosen && chosen !== back) {
        options.set('identity', chosen.id === undefined ? undefined : chosen);
      }
    },
  };
}
