import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { disposeAll, type Event } from '../model/emitter';
import type { FilteredRuns } from '../model/filteredRuns';
import type { Me } from '../model/me';
import type { RunFilter } from '../model/runFilter';
import { type GitHubRepository, repositoryName } from '../model/skillSpec';
import { type ValueMember, valueWords } from '../platform/filterWords';
import { plain } from '../platform/plainText';
import { back } from './askText';
import { chooseItem, type Item, separator } from './chooseItem';
import { askWhoIAm } from './chooseWhoIAm';
import { chooseFilterValue } from './filterValuePicks';
import type { KnownRuns } from './pickRun';
import { askForText, type SearchRunsDeps } from './searchRuns';

export interface FilterRunsDeps extends SearchRunsDeps {
  filtered: Pick<FilteredRuns, 'filter' | 'isFiltered' | 'setFilter' | 'status' | 'onDidChangeStatus'>;
  runs: Pick<KnownRuns, 'all' | 'refresh' | 'status'>;
  catalog: Pick<Catalog, 'environments' | 'models'>;
  me: Pick<Me, 'uid' | 'name' | 'set'>;
  /** Those on GitHub that are open in this workspace, as far as Git has found them. */
  repositories: { readonly current: readonly GitHubRepository[]; readonly onDidChange: Event<undefined> };
}

type RowId = keyof RunFilter | 'clear';

interface Row extends Item {
  id: RowId;
}

/** One list of all that runs can be filtered by. Whatever is chosen applies at once, and the list stays until it is left. */
export async function filterRuns(deps: FilterRunsDeps): Promise<void> {
  const { t } = vscode.l10n;
  const { filtered, repositories } = deps;
  await deps.showRuns();
  let last: RowId | undefined;
  for (;;) {
    const row = await chooseItem<Row>({
      title: t('Filter Runs'),
      placeholder: t('Which runs do you want to see?'),
      canGoBack: false,
      activeId: last,
      items: () => rows(deps),
      isBusy: () => filtered.status.kind === 'loading',
      changed: (render) => {
        const listening = [filtered.onDidChangeStatus(render), repositories.onDidChange(render)];
        return () => {
          disposeAll(listening);
        };
      },
      staysFor: (item, say) => changesInPlace(deps, item.id, say),
    });
    if (!row || row === back) {
      return;
    }
    last = row.id;
    await changeElsewhere(deps, last);
  }
}

/** True for what needs no second list. */
function changesInPlace(
  { filtered, me, repositories }: FilterRunsDeps,
  id: RowId,
  say: (words: string) => void,
): boolean {
  const { filter } = filtered;
  switch (id) {
    case 'thisRepository':
      if (filter.thisRepository || repositories.current.length > 0) {
        filtered.setFilter({ ...filter, thisRepository: filter.thisRepository ? undefined : true });
      } else {
        say(noRepositoryWords());
      }
      return true;
    case 'mine':
      if (!filter.mine && me.uid === undefined) {
        return false;
      }
      filtered.setFilter({ ...filter, mine: filter.mine ? undefined : true });
      return true;
    case 'clear':
      filtered.setFilter({});
      return true;
    default:
      return false;
  }
}

async function changeElsewhere(deps: FilterRunsDeps, id: RowId): Promise<void> {
  switch (id) {
    case 'mine':
      if (await askWhoIAm(deps, true)) {
        deps.filtered.setFilter({ ...deps.filtered.filter, mine: true });
      }
      return;
    case 'text':
      return askForText(deps, true);
    case 'thisRepository':
    case 'clear':
      return;
    default:
      return chooseFilterValue(deps, id);
  }
}

function rows({ filtered, me, repositories }: FilterRunsDeps): (Row | Item)[] {
  const { t } = vscode.l10n;
  const { filter, isFiltered } = filtered;
  const row = (id: RowId, icon: string, label: string, isSet: boolean, description: string): Row => ({
    id,
    label: `$(${isSet ? 'check' : icon}) ${label}`,
    description,
  });
  const toggle = (id: 'thisRepository' | 'mine', icon: string, label: string, about: string): Row =>
    row(id, icon, label, filter[id] === true, [filter[id] ? t('on') : t('off'), about].filter(Boolean).join(' · '));
  const value = (id: ValueMember, icon: string, label: string): Row => {
    const words = valueWords(filter, id);
    return row(id, icon, label, words !== '', words || (id === 'text' ? '' : t('any')));
  };
  const names = repositories.current.map((repository) => plain(repositoryName(repository), 80)).join(', ');
  return [
    toggle('thisRepository', 'repo', t('This Repository'), names || noRepositoryWords()),
    toggle('mine', 'account', t('Mine'), me.uid === undefined ? t('asks who you are') : plain(me.name ?? '', 80)),
    separator(''),
    value('states', 'pulse', t('State…')),
    value('sources', 'plug', t('Source…')),
    value('environment', 'server-environment', t('Environment…')),
    value('skill', 'book', t('Skill…')),
    value('model', 'circuit-board', t('Model…')),
    value('schedule', 'calendar', t('Schedule…')),
    value('artifact', 'package', t('Artifact…')),
    value('created', 'history', t('Created…')),
    value('creator', 'person', t('Creator…')),
    value('text', 'search', t('Search Text…')),
    ...(isFiltered ? [separator(''), row('clear', 'clear-all', t('Clear All'), false, '')] : []),
  ];
}

function noRepositoryWords(): string {
  return vscode.l10n.t('no repository on GitHub is open here');
}
