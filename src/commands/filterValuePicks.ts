import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import type { FilteredRuns } from '../model/filteredRuns';
import { environmentName, environmentsInOrder, modelsInOrder } from '../model/launchRequest';
import { asProblem } from '../model/loadStatus';
import type { Me } from '../model/me';
import type { Named, RunFilter } from '../model/runFilter';
import type { ApiProblem } from '../oz/problems';
import { createdWord, type ValueMember, wordFor } from '../platform/filterWords';
import { plain } from '../platform/plainText';
import { problemWords } from '../platform/problemWords';
import { back } from './askText';
import { chooseItem, type Item, separator } from './chooseItem';
import { chooseSeveral } from './chooseSeveral';
import { type FilterValue, type NamedMember, namedValues, wordValues } from '../model/filterValues';
import { loadedWord } from './loadedWord';
import type { KnownRuns } from './pickRun';

export interface FilterValuesDeps {
  filtered: Pick<FilteredRuns, 'filter' | 'setFilter'>;
  runs: Pick<KnownRuns, 'all'>;
  catalog: Pick<Catalog, 'environments' | 'models'>;
  me: Pick<Me, 'uid'>;
}

interface ValueItem extends Item {
  /** What the filter becomes. */
  change: RunFilter;
}

interface Question {
  title: string;
  placeholder: string;
}

/** Lets a person choose what one member of the filter is set to. */
export function chooseFilterValue(deps: FilterValuesDeps, member: Exclude<ValueMember, 'text'>): Promise<void> {
  const { t } = vscode.l10n;
  const { runs, catalog } = deps;
  switch (member) {
    case 'states':
      return chooseWords(deps, member, { title: t('State'), placeholder: t('Runs in which states?') });
    case 'sources':
      return chooseWords(deps, member, { title: t('Source'), placeholder: t('Runs started from where?') });
    case 'artifact': {
      const kinds = wordValues(runs.all(), member).map(({ id, count }) =>
        valueItem(id, wordFor(member, id), loadedWord(count), { artifact: id }),
      );
      return chooseOne(
        deps,
        member,
        { title: t('Artifact'), placeholder: t('Runs with which artifact?') },
        () => kinds,
      );
    }
    case 'created': {
      const times = (['day', 'week'] as const).map((created) =>
        valueItem(created, createdWord(created), '', { created }),
      );
      return chooseOne(deps, member, { title: t('Created'), placeholder: t('Runs created when?') }, () => times);
    }
    case 'environment': {
      const question = { title: t('Environment'), placeholder: t('Runs in which environment?') };
      return chooseNamed(deps, member, question, async () =>
        environmentsInOrder(await catalog.environments(), undefined).map((environment) => ({
          id: environment.uid,
          name: environmentName(environment),
        })),
      );
    }
    case 'model':
      return chooseNamed(deps, member, { title: t('Model'), placeholder: t('Runs with which model?') }, async () =>
        modelsInOrder(await catalog.models()).map(({ id, display_name: name }) => ({ id, name: name.trim() || id })),
      );
    case 'skill':
      return chooseNamed(deps, member, { title: t('Skill'), placeholder: t('Runs of which skill?') });
    case 'schedule':
      return chooseNamed(deps, member, { title: t('Schedule'), placeholder: t('Runs started by which schedule?') });
    case 'creator':
      return chooseNamed(deps, member, { title: t('Creator'), placeholder: t('Runs started by whom?') });
  }
}

async function chooseWords(
  { filtered, runs }: FilterValuesDeps,
  member: 'states' | 'sources',
  question: Question,
): Promise<void> {
  await chooseSeveral({
    ...question,
    items: wordValues(runs.all(), member).map(({ id, count }) => ({
      id,
      label: wordFor(member, id),
      description: loadedWord(count),
    })),
    chosen: filtered.filter[member] ?? [],
    onChange: (values) => {
      filtered.setFilter({ ...filtered.filter, [member]: values.length === 0 ? undefined : values });
    },
  });
}

/** @param list reads what the service lists; the rest comes from the known runs */
async function chooseNamed(
  deps: FilterValuesDeps,
  member: NamedMember,
  question: Question,
  list: () => Promise<Named[]> = () => Promise.resolve([]),
): Promise<void> {
  const { filtered, runs, me } = deps;
  const chosen = filtered.filter[member];
  const listing = new Listing(list);
  const item = ({ id, name, count }: FilterValue): ValueItem => {
    const you = member === 'creator' && id === me.uid ? vscode.l10n.t('you') : '';
    const facts = [you, loadedWord(count)].filter(Boolean).join(' · ');
    // Skills of the same name are told apart by their places.
    const detail = member === 'skill' ? plain(id, 160) : undefined;
    return { ...valueItem(id, plain(name, 80), facts, { [member]: { id, name } }), detail };
  };
  const items = (): ValueItem[] => {
    const values = namedValues(runs.all(), member, listing.values);
    const isOther = chosen && !values.some(({ id }) => id === chosen.id);
    return [...(isOther ? [{ ...chosen, count: 0 }] : []), ...values].map(item);
  };
  await chooseOne(deps, member, question, items, listing);
}

async function chooseOne(
  { filtered }: FilterValuesDeps,
  member: NamedMember | 'artifact' | 'created',
  question: Question,
  values: () => ValueItem[],
  listing?: Listing,
): Promise<void> {
  const { t } = vscode.l10n;
  const present = filtered.filter[member];
  const presentId = present === undefined ? 'any' : itemId(typeof present === 'string' ? present : present.id);
  const marked = (item: ValueItem): ValueItem =>
    item.id === presentId ? { ...item, label: `$(check) ${item.label}` } : item;
  const picked = await chooseItem<ValueItem>({
    ...question,
    canGoBack: true,
    activeId: presentId,
    items: () => [
      marked({ id: 'any', label: t('Any'), change: { [member]: undefined } }),
      separator(''),
      ...values().map(marked),
      ...(listing?.problem ? [failureItem(listing.problem)] : []),
    ],
    isBusy: () => listing?.isBusy ?? false,
    changed: (render) => {
      void listing?.ended.then(render);
      return () => undefined;
    },
    staysFor: ({ id }) => id === 'failed',
  });
  if (picked && picked !== back && 'change' in picked) {
    filtered.setFilter({ ...filtered.filter, ...picked.change });
  }
}

function valueItem(id: string, label: string, description: string, change: RunFilter): ValueItem {
  return { id: itemId(id), label, description, change };
}

function itemId(id: string): string {
  return `id ${id}`;
}

function failureItem(problem: ApiProblem): Item {
  const label = `$(error) ${vscode.l10n.t('The list could not be loaded')}`;
  return { id: 'failed', label, detail: problemWords(problem), alwaysShow: true };
}

/** What the service lists, while it is read. */
class Listing {
  values: readonly Named[] = [];
  problem: ApiProblem | undefined;
  isBusy = true;
  readonly ended: Promise<void>;

  constructor(list: () => Promise<Named[]>) {
    this.ended = this.#read(list);
  }

  async #read(list: () => Promise<Named[]>): Promise<void> {
    try {
      this.values = await list();
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.isBusy = false;
  }
}
