import { artifactFile } from '../model/artifactFile';
import { whyNotCancellable } from '../model/cancelGate';
import { whyNotFollowable } from '../model/followUpGate';
import { pullRequestsOf } from '../model/pullRequests';
import { canRunAgain } from '../model/runAgain';
import { hasLiveSession, isActive } from '../model/runTime';
import type { CommandName } from './protocol';
import type { RenderContext } from './renderContext';
import type { TopFacts } from './topFacts';
import type { ViewNode } from './viewNodes';

/** Something that can be done, whether it is for this run, and the key that does it, too. */
type Offer = readonly [name: CommandName, label: string, isOffered?: boolean, key?: string];

/** What is in the body of `details`; see `renderDetails.ts`. */
export const detailsId = 'details';

/** What can be done with the run: a few things as icons, all else in a menu. The gates are those of the list of runs. */
export function headerActions(facts: TopFacts, context: RenderContext): ViewNode[] {
  const { run, source, underWay } = facts;
  const { translate: t } = context;
  const hasRun = source.runId !== undefined;
  const icon = (name: CommandName, look: string, label: string): ViewNode => [
    'button',
    {
      class: `icon ${look}`,
      does: 'command',
      name,
      label,
      title: label,
      ...(underWay?.has(name) === true && { disabled: true }),
    },
  ];
  const more = t('More Actions…');
  return [
    ...(run && whyNotCancellable(run) === undefined ? [icon('cancelRun', 'stop', t('Cancel Run'))] : []),
    ...(run && hasLiveSession(run) ? [icon('openSession', 'live', t('Open Live Session in Browser'))] : []),
    icon('openBrowser', 'link-external', hasRun ? t('Open Run in Browser') : t('Open in Browser')),
    ...(run ? [detailsButton(t('Details'))] : []),
    [
      'div',
      'more',
      ['button', { class: 'icon ellipsis', does: 'menu', expanded: false, popup: true, label: more, title: more }],
      ['div', { class: 'menu', role: 'menu', label: more, tab: -1 }, ...menu(facts, context)],
    ],
  ];
}

function detailsButton(label: string): ViewNode {
  return ['button', { class: 'icon info', does: 'body', of: detailsId, expanded: false, label, title: label }];
}

function menu(facts: TopFacts, context: RenderContext): ViewNode[] {
  const groups = offers(facts, context)
    .map((group) => group.filter(([, , isOffered]) => isOffered !== false))
    .filter((group) => group.length > 0);
  return groups.flatMap((group, index): ViewNode[] => [
    ...(index === 0 ? [] : [['div', { class: 'separator', role: 'separator' }] as const]),
    ...group.map(([name, label, , key]): ViewNode => [
      'button',
      {
        class: 'item',
        role: 'menuitem',
        does: 'command',
        name,
        tab: -1,
        ...(key !== undefined && { description: key }),
        ...(facts.underWay?.has(name) === true && { disabled: true }),
      },
      label,
      ...(key === undefined ? [] : [['span', { class: 'keys-of', decorative: true }, key] as const]),
    ]),
  ]);
}

/** In the groups of the menu: what neither an icon of the head nor the links below the outcome do. */
function offers({ run, source, isPinned }: TopFacts, { translate: t }: RenderContext): Offer[][] {
  const hasRun = source.runId !== undefined;
  const pulls = run ? pullRequestsOf(run) : [];
  const hasBranch = pulls.some(({ branch }) => branch !== '');
  const isAgain = run !== undefined && canRunAgain(run);
  return [
    [
      ['openAsText', t('Open as Text')],
      ['openPullRequest', t('Open Pull Request'), pulls.length > 0],
      ['checkOutBranch', t('Check Out Branch…'), hasBranch],
    ],
    [
      ['followUp', t('Follow Up…'), run !== undefined && whyNotFollowable(run) === undefined, 'c'],
      ['runAgain', t('Run Again'), isAgain],
      ['runAgainWithChanges', t('Run Again with Changes…'), isAgain],
      ['scheduleRun', t('Schedule This Run…'), isAgain],
      ['continueLocally', t('Continue Locally…'), run !== undefined && !isActive(run.state)],
      ['attachRun', t('Attach Run to New Prompt…'), run !== undefined],
    ],
    [
      ['pinRun', t('Pin Run'), run !== undefined && isPinned !== true],
      ['unpinRun', t('Unpin Run'), run !== undefined && isPinned === true],
      ['showInRuns', t('Show in Runs View'), run !== undefined],
    ],
    [
      ['copyLink', hasRun ? t('Copy Link to Run') : t('Copy Link')],
      ['copyRunId', t('Copy Run ID'), hasRun],
      ['copyPrompt', t('Copy Prompt'), hasRun],
      ['copyBranch', t('Copy Branch Name'), hasBranch],
      ['copyMarkdown', t('Copy Conversation as Markdown')],
    ],
    [
      ['exportMarkdown', t('Export as Markdown…')],
      ['exportJson', t('Export as JSON…')],
      ['saveTranscript', t('Save Transcript…'), hasRun],
      [
        'saveArtifacts',
        t('Save All Artifacts…'),
        (run?.artifacts ?? []).some((artifact) => artifactFile(artifact) !== undefined),
      ],
    ],
    [
      ['find', t('Find'), true, 'Ctrl+F'],
      ['showKeys', t('Keyboard Shortcuts'), true, '?'],
    ],
  ];
}
