import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { newIdentity } from '../model/newIdentity';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Identity } from '../oz/types';
import { plain } from '../platform/plainText';
import { askIdentityName } from './askIdentityName';
import { back } from './askText';
import { chooseItem, type Item, separator } from './chooseItem';
import { type IdentityItem, identityItemId, IdentityList } from './identityList';
import { withProgressIfSlow } from './progress';

export interface ManageIdentitiesDeps {
  client: Pick<OzClient, 'listIdentities' | 'createIdentity' | 'renameIdentity' | 'deleteIdentity'>;
  catalog: Pick<Catalog, 'identities' | 'identitiesChanged'>;
}

/** Shows the team's identities to make, rename and delete them. */
export async function manageIdentities(deps: ManageIdentitiesDeps): Promise<void> {
  const { t } = vscode.l10n;
  const rename = { iconPath: new vscode.ThemeIcon('edit'), tooltip: t('Rename…') };
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Delete…') };
  // Whoever changes them wants to see what there is now.
  deps.catalog.identitiesChanged();
  const list = new IdentityList(deps.catalog);
  let activeId: string | undefined;
  for (;;) {
    let pressed: vscode.QuickInputButton | undefined;
    const picked = await chooseItem<IdentityItem>({
      title: t('Identities'),
      placeholder: t('Who runs of the team can act as'),
      canGoBack: false,
      activeId,
      items: () => {
        const failure = list.failureItems();
        return [
          ...failure,
          ...list.items([rename, remove]),
          separator(''),
          ...(failure.length > 0 ? [] : [{ id: 'new', label: `$(add) ${t('New Identity…')}` }]),
          { id: 'refresh', label: `$(refresh) ${t('Refresh')}` },
        ];
      },
      isBusy: list.isLoading,
      changed: list.onDidChange,
      staysFor: ({ id }) => {
        if (id === 'refresh') {
          void list.reload();
        }
        return id === 'refresh' || id === 'failed' || id === 'loading';
      },
      onButton: (_item, button) => {
        pressed = button;
        return 'choose';
      },
    });
    if (!picked || picked === back) {
      return;
    }
    activeId = picked.id;
    if (picked.id === 'key') {
      await vscode.commands.executeCommand('agentRuns.setApiKey');
    } else if (picked.id === 'new') {
      const made = await makeIdentity(deps, list);
      activeId = made ? identityItemId(made) : activeId;
    } else if (picked.identity) {
      const { identity } = picked;
      const wanted = pressed === rename ? 'rename' : pressed === remove ? 'delete' : await askWhat(identity);
      if (wanted === 'rename') {
        await renameIdentity(deps, list, identity);
      } else if (wanted === 'delete') {
        await deleteIdentity(deps, identity);
      } else {
        continue;
      }
    }
    void list.reload();
  }
}

/** Asks for a name and makes an identity of it; undefined when a person left the box. */
export async function makeIdentity(
  { client, catalog }: Pick<ManageIdentitiesDeps, 'catalog'> & { client: Parameters<typeof newIdentity>[0] },
  list: Pick<IdentityList, 'all' | 'put'>,
): Promise<Identity | undefined> {
  const made = await askIdentityName({
    title: vscode.l10n.t('New Identity'),
    value: '',
    taken: list.all.map(({ name }) => name),
    send: (name, signal) => newIdentity(client, name, signal),
  });
  // Also when the box was left: it may have been made.
  catalog.identitiesChanged();
  if (made) {
    list.put(made);
  }
  return made;
}

async function renameIdentity(
  { client }: ManageIdentitiesDeps,
  list: IdentityList,
  { uid, name: value }: Identity,
): Promise<void> {
  const renamed = await askIdentityName({
    title: vscode.l10n.t('Rename “{0}”', plain(value, 60)),
    value,
    taken: list.all.map(({ name }) => name),
    send: (name, signal) => client.renameIdentity(uid, name, signal),
  });
  if (renamed) {
    list.put(renamed);
  }
}

/** For the keyboard: it does not reach the buttons of a list. */
async function askWhat({ name }: Identity): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const picked = await chooseItem<Item>({
    title: plain(name, 80),
    placeholder: t('What should happen with this identity?'),
    canGoBack: true,
    items: () => [
      { id: 'rename', label: `$(edit) ${t('Rename…')}` },
      { id: 'delete', label: `$(trash) ${t('Delete…')}` },
    ],
  });
  return picked === back ? undefined : picked?.id;
}

async function deleteIdentity({ client }: ManageIdentitiesDeps, { uid, name }: Identity): Promise<void> {
  const { t } = vscode.l10n;
  const shown = plain(name, 80);
  const remove: vscode.MessageItem = { title: t('Delete') };
  const keep: vscode.MessageItem = { title: t('Keep It'), isCloseAffordance: true };
  const detail = t('Its API keys are deleted with it, and no run can act as it any more. This cannot be undone.');
  const question = t('Delete the identity “{0}”?', shown);
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, remove, keep)) !== remove) {
    return;
  }
  try {
    await withProgressIfSlow(t('Deleting the identity…'), (signal) => client.deleteIdentity(uid, signal));
  } catch (error) {
    if (!ApiProblem.is(error) || (error.kind !== 'invalid' && error.kind !== 'notFound')) {
      throw error;
    }
    // Gone already, perhaps by this very call: that is what was wanted.
    if (error.kind === 'invalid') {
      const why = plain(error.facts.message, 200);
      void vscode.window.showErrorMessage(
        t('“{0}” stays: the default identity of a team cannot be deleted. ({1})', shown, why),
      );
    }
  }
}
