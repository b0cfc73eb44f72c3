import * as vscode from 'vscode';
import type { Me } from '../model/me';
import type { Named } from '../model/runFilter';
import { plain } from '../platform/plainText';
import { back } from './askText';
import { chooseItem, type Item } from './chooseItem';
import { loadedWord } from './loadedWord';
import { namedValues } from '../model/filterValues';
import { knownRuns } from './knownRuns';
import type { KnownRuns } from './pickRun';

export interface ChooseWhoIAmDeps {
  runs: Pick<KnownRuns, 'all' | 'refresh' | 'status'>;
  me: Pick<Me, 'uid' | 'set'>;
}

interface CreatorItem extends Item {
  creator: Named;
}

/**
 * Lets a person say which of the creators of the known runs they are, since a key does not tell.
 * @throws ApiProblem when there are no runs to know creators from
 */
export async function chooseWhoIAm(deps: ChooseWhoIAmDeps): Promise<void> {
  await askWhoIAm(deps, false);
}

/** As `chooseWhoIAm`; true when it is known now. */
export async function askWhoIAm({ runs, me }: ChooseWhoIAmDeps, canGoBack: boolean): Promise<boolean> {
  const { t } = vscode.l10n;
  const creators = namedValues(await knownRuns(runs), 'creator');
  if (creators.length === 0) {
    void vscode.window.showInformationMessage(t('None of the runs says who started it, so there is nobody to choose.'));
    return false;
  }
  const picked = await chooseItem<CreatorItem>({
    title: t('Who Are You?'),
    placeholder: t('Whose runs are yours?'),
    canGoBack,
    activeId: me.uid,
    items: () =>
      creators.map((creator) => ({
        id: creator.id,
        label: `$(${creator.id === me.uid ? 'check' : 'person'}) ${plain(creator.name, 80)}`,
        description: loadedWord(creator.count),
        creator: { id: creator.id, name: creator.name },
      })),
  });
  if (!picked || picked === back || !('creator' in picked)) {
    return false;
  }
  me.set(picked.creator);
  return true;
}
