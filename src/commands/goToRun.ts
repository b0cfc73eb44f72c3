import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { namedIn } from '../model/filterValues';
import { problemIn } from '../model/loadStatus';
import type { RunGroups } from '../model/runGroups';
import { RunSearch } from '../model/runSearch';
import { RunSections, type Sections } from '../model/runSections';
import type { RunStore } from '../model/runStore';
import { ageTime } from '../model/runTime';
import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { Run } from '../oz/types';
import { plain } from '../platform/plainText';
import { problemWords } from '../platform/problemWords';
import { stateIcon } from '../platform/stateIcon';
import { age, runTitle, sourceWord, stateWord } from '../platform/words';
import { product } from '../product';
import { back } from './askText';
import { chooseItem, type Item, separator } from './chooseItem';
import { copyRunLink } from './copyRunLink';
import { openInBrowser } from './openInBrowser';
import type { KnownRuns } from './pickRun';

export interface GoToRunDeps {
  runs: KnownRuns & Pick<RunStore, 'putHistory'>;
  groups: Pick<RunGroups, 'needing'>;
  pinned: { readonly ids: Iterable<string> };
  catalog: Pick<Catalog, 'environmentName'>;
  client: Pick<OzClient, 'listRuns' | 'getRun'>;
  clock: Clock;
  webUrl: () => string;
  show: (runId: string) => Promise<void>;
  reveal: (runId: string) => Promise<unknown>;
}

interface RunItem extends Item {
  run: Run;
}

const openButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('link-external'),
  tooltip: vscode.l10n.t('Open in Browser'),
};
const linkButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('link'),
  tooltip: vscode.l10n.t('Copy Link'),
};

/** Opens any run: one of those known, which are listed at once, or one that the service finds while a person types. */
export async function goToRun(deps: GoToRunDeps): Promise<void> {
  const { t } = vscode.l10n;
  const { runs } = deps;
  const search = new RunSearch(deps.client, deps.clock);
  const sectionsOf = sortedOnce(deps);
  const picked = await chooseItem<RunItem>({
    title: t('Go to Run'),
    placeholder: t('Words of the title, the prompt or the skill, a run id, or the address of a run'),
    canGoBack: false,
    items: () => rows(deps, search, sectionsOf(search.text)),
    isBusy: () => search.isBusy || isReading(runs),
    onType: (value) => {
      search.search(value);
    },
    changed: (render) => {
      const listening = search.onDidChange(render);
      if (runs.status.kind === 'starting') {
        // Nobody has looked at the list yet.
        void runs.refresh().then(render);
      }
      return () => {
        listening.dispose();
      };
    },
    staysFor: (item) => {
      const isRun = 'run' in item;
      if (!isRun) {
        search.readOn();
      }
      return !isRun;
    },
    onButton: ({ run }, button) => {
      const act = button === openButton ? openInBrowser : copyRunLink;
      void act(deps, { runId: run.run_id });
    },
  });
  search.dispose();
  if (picked && picked !== back && 'run' in picked) {
    await open(deps, picked.run);
  }
}

async function open({ runs, show, reveal }: GoToRunDeps, run: Run): Promise<void> {
  runs.putHistory([run]);
  await show(run.run_id);
  await reveal(run.run_id);
}

/** The known runs by what is typed: sorted when the list is opened, and anew as long as it is being read. */
function sortedOnce({ runs, pinned, groups }: GoToRunDeps): (text: string) => Sections {
  let sorted: RunSections | undefined;
  return (text) => {
    const sections = sorted ?? new RunSections(runs, pinned.ids, groups.needing());
    sorted = isReading(runs) ? undefined : sections;
    return sections.of(text);
  };
}

/** The known runs that fit, what the service found beside them, and how to get on. */
function rows(deps: GoToRunDeps, search: RunSearch, { pinned, needsYou, active, recent }: Sections): Item[] {
  const { t } = vscode.l10n;
  const { found } = search;
  const known = [...pinned, ...needsYou, ...active, ...recent];
  const listed = new Set(known.map(({ run_id: id }) => id));
  const others = found.filter(({ run_id: id }) => !listed.has(id));
  const section = (label: string, runs: readonly Run[]): Item[] =>
    runs.length === 0 ? [] : [separator(label), ...runs.map((run) => runItem(run, deps))];
  return [
    ...section(t('Pinned'), pinned),
    ...section(t('Needs you'), needsYou),
    ...section(t('Active'), active),
    ...section(t('Recent'), recent),
    ...section(t('Found by {0}', product.service), others),
    ...endOf(deps, search, known.length + others.length),
  ];
}

/** @param shown how many runs stand above it */
function endOf({ runs }: GoToRunDeps, search: RunSearch, shown: number): Item[] {
  const { t } = vscode.l10n;
  const { text, problem, hasMore, isBusy } = search;
  if (problem) {
    return [
      endItem('failed', `$(error) ${t('The search failed')}`, `${problemWords(problem)} ${t('Enter tries again.')}`),
    ];
  }
  if (hasMore) {
    // Named by its place, so that the first run of the next page is active where it stood.
    return [endItem(`more ${shown}`, isBusy ? `$(ellipsis) ${t('Searching…')}` : `$(ellipsis) ${t('More Results')}`)];
  }
  if (shown > 0 || isBusy || isReading(runs)) {
    return [];
  }
  const unread = text === '' ? problemIn(runs.status) : undefined;
  return unread
    ? [endItem('failed', `$(error) ${t('The runs could not be loaded')}`, problemWords(unread))]
    : [endItem('none', text === '' ? t('There are no runs yet') : t('No run fits'))];
}

function endItem(id: string, label: string, detail?: string): Item {
  return { id, label, detail, alwaysShow: true };
}

function isReading({ status }: Pick<KnownRuns, 'status'>): boolean {
  return status.kind === 'starting' || status.kind === 'loading';
}

function runItem(run: Run, { catalog, clock }: GoToRunDeps): RunItem {
  const environment = namedIn(run, 'environment')?.id;
  const facts = [stateWord(run.state), sourceWord(run.source), age(ageTime(run), clock.now())];
  const details = [
    plain(namedIn(run, 'skill')?.name ?? '', 60),
    plain((environment && catalog.environmentName(environment)) ?? '', 60),
    plain(run.run_id, 60),
  ];
  return {
    id: `run ${run.run_id}`,
    label: `$(${stateIcon(run.state)[0]}) ${runTitle(run, 100)}`,
    description: facts.filter(Boolean).join(' · '),
    detail: details.filter(Boolean).join(' · '),
    buttons: [openButton, linkButton],
    alwaysShow: true,
    run,
  };
}
