import * as vscode from 'vscode';
import type { Choice } from '../model/launchOptions';
import { plain } from '../platform/plainText';
import { back } from './askText';
import { chooseItem, separator } from './chooseItem';
import { type IdentityItem, identityItemId, IdentityList, notAvailableWords } from './identityList';
import { makeIdentity, type ManageIdentitiesDeps } from './manageIdentities';

export interface ChooseIdentityDeps {
  client: Pick<ManageIdentitiesDeps['client'], 'listIdentities' | 'createIdentity'>;
  catalog: ManageIdentitiesDeps['catalog'];
}

/**
 * Who a run acts as. An `id` of undefined is nobody else: the run acts as the API key's owner.
 * @param current what was chosen before
 */
export async function chooseIdentity(
  deps: ChooseIdentityDeps,
  current: Choice | undefined,
): Promise<Choice | typeof back | undefined> {
  const { t } = vscode.l10n;
  const list = new IdentityList(deps.catalog);
  const none: Choice = { name: t('No identity') };
  for (;;) {
    const picked = await chooseItem<IdentityItem>({
      title: t('Identity'),
      placeholder: t('Who does the run act as?'),
      canGoBack: true,
      activeId: current?.id === undefined ? 'none' : identityItemId({ uid: current.id }),
      items: () => {
        const failure = list.failureItems();
        return [
          { id: 'none', label: `$(person) ${none.name}`, description: t('the run acts as the owner of the API key') },
          ...list.items(),
          ...failure,
          separator(''),
          { id: 'refresh', label: `$(refresh) ${t('Refresh')}` },
          ...(failure.length > 0 ? [] : [{ id: 'new', label: `$(add) ${t('New Identity…')}` }]),
        ];
      },
      isBusy: list.isLoading,
      changed: list.onDidChange,
      staysFor: ({ id, identity }, say) => {
        const isRefused = identity?.available === false;
        if (isRefused) {
          say(t('{0} cannot be used: {1}', plain(identity.name, 60), notAvailableWords()));
        } else if (id === 'refresh') {
          void list.reload();
        }
        return isRefused || id === 'refresh' || id === 'failed' || id === 'loading';
      },
    });
    if (!picked || picked === back) {
      return picked;
    }
    if (picked.id === 'none') {
      return none;
    }
    if (picked.identity) {
      return { id: picked.identity.uid, name: picked.identity.name };
    }
    if (picked.id === 'key') {
      await vscode.commands.executeCommand('agentRuns.setApiKey');
      void list.reload();
    } else if (picked.id === 'new') {
      const made = await makeIdentity(deps, list);
      if (made) {
        return { id: made.uid, name: made.name };
      }
      void list.reload();
    }
  }
}
