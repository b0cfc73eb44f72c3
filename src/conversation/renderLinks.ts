import { hasEnded, isActive } from '../model/runTime';
import { skillName } from '../model/skillName';
import { timeOf } from '../model/serviceTime';
import type { Run } from '../oz/types';
import { allowedUrl } from './linkNodes';
import type { CommandName } from './protocol';
import { icon, numberWord, oneLine, type RenderContext } from './renderContext';
import { stateLook } from './stateLook';
import type { TopFacts } from './topFacts';
import type { ViewElement, ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Sub-runs that are named; the list of runs has the others. */
const mostSubRuns = 8;

/** What the run came of, and the runs that it launched: what neither the head nor the artifacts lead to. */
export function links(facts: TopFacts, context: RenderContext): ViewElement | null {
  const { run, subRuns = [] } = facts;
  const items = run ? linkItems(run, facts, context) : [];
  return items.length + subRuns.length === 0
    ? null
    : [
        'div',
        'leads',
        ...(items.length === 0
          ? []
          : [
              [
                'ul',
                { class: 'links', label: context.translate('Links') },
                ...items.map((item): ViewNode => ['li', '', item]),
              ] as const,
            ]),
        ...(subRuns.length === 0 ? [] : [subRunList(subRuns, context)]),
      ];
}

function linkItems(run: Run, { parent }: TopFacts, context: RenderContext): ViewNode[] {
  const { translate: t } = context;
  const trigger = webAddress(run.trigger_url);
  const parentId = run.parent_run_id;
  return [
    ...(parent
      ? [runLink(parent, t('Parent run: {0}', context.words.runTitle(parent)), context)]
      : parentId
        ? [command('showParent', 'parent', t('Parent run'))]
        : []),
    ...(run.schedule?.schedule_id
      ? [command('showSchedule', 'schedule', named(run.schedule.schedule_name, t('Schedule')), t('Show Schedule'))]
      : []),
    ...(run.agent_config?.skill_spec
      ? [command('showSkill', 'mortar-board', named(skillName(run), t('Skill')), t('Show Skill'))]
      : []),
    ...(trigger ? [address(trigger, 'event', t('Trigger: {0}', trigger.host), context)] : []),
  ];
}

function named(name: string, otherwise: string): string {
  return visibleText(oneLine(name, 60)) || otherwise;
}

/** A page in the browser; mail is none. */
function webAddress(text: string | undefined): URL | undefined {
  const allowed = text === undefined ? undefined : allowedUrl(text);
  return allowed?.startsWith('http') === true ? new URL(allowed) : undefined;
}

function address(url: URL, look: string, label: string, context: RenderContext): ViewNode {
  return [
    'button',
    { class: 'link', does: 'link', item: context.link(url.href), target: url.href.slice(0, 2000) },
    icon(look),
    ['span', '', visibleText(oneLine(label, 80))],
  ];
}

function command(name: CommandName, look: string, label: string, title?: string): ViewNode {
  return [
    'button',
    { class: 'link', does: 'command', name, ...(title !== undefined && { title: `${title}: ${label}` }) },
    icon(look),
    ['span', '', label],
  ];
}

/** A run's state and name, which lead to its conversation. */
function runLink(run: Run, label: string, context: RenderContext): ViewNode {
  const state = context.words.stateWord(run.state);
  const look = stateLook(run.state);
  return [
    'button',
    {
      class: `link state ${look}`,
      does: 'run',
      item: context.run(run.run_id),
      label: `${label}, ${state}`,
      title: `${label}\n${state}`,
    },
    icon(`state-${look}`),
    ['span', '', label],
  ];
}

function subRunList(subRuns: readonly Run[], context: RenderContext): ViewNode {
  const { translate: t } = context;
  const shown = chosen(subRuns);
  const left = subRuns.length - shown.length;
  return [
    'section',
    { class: 'sub-runs', label: t('Sub-runs') },
    ['h2', '', summary(subRuns, context)],
    [
      'ul',
      'links',
      ...shown.map((run): ViewNode => ['li', '', runLink(run, context.words.runTitle(run), context)]),
      ...(left === 0
        ? []
        : [
            [
              'li',
              '',
              [
                'button',
                { class: 'link', does: 'command', name: 'showInRuns', title: t('Show in Runs View') },
                t('and {0} more', numberWord(left, context)),
              ],
            ] as const,
          ]),
    ],
  ];
}

/** Those that a person would look for first, in the order in which they were launched: a change of state moves few. */
function chosen(subRuns: readonly Run[]): Run[] {
  const byStart = [...subRuns].sort((a, b) => timeOf(a.created_at) - timeOf(b.created_at));
  const first = new Set([...byStart].sort((a, b) => rank(a) - rank(b)).slice(0, mostSubRuns));
  return byStart.filter((run) => first.has(run));
}

function rank({ state }: Run): number {
  if (state === 'BLOCKED') {
    return 0;
  }
  if (isActive(state)) {
    return 1;
  }
  return state === 'FAILED' || state === 'ERROR' ? 2 : hasEnded(state) ? 4 : 3;
}

/** "12 sub-runs: 2 active, 1 failed". */
function summary(subRuns: readonly Run[], context: RenderContext): string {
  const { translate: t } = context;
  const count = (isCounted: (run: Run) => boolean): number => subRuns.filter(isCounted).length;
  const parts: [number, (amount: string) => string][] = [
    [count(({ state }) => isActive(state)), (amount) => t('{0} active', amount)],
    [count(({ state }) => state === 'BLOCKED'), (amount) => t('{0} to answer', amount)],
    [count(({ state }) => state === 'FAILED' || state === 'ERROR'), (amount) => t('{0} failed', amount)],
  ];
  const whatGoesOn = parts.flatMap(([amount, say]) => (amount === 0 ? [] : [say(numberWord(amount, context))]));
  const all = subRuns.length === 1 ? t('1 sub-run') : t('{0} sub-runs', numberWord(subRuns.length, context));
  return whatGoesOn.length === 0 ? all : t('{0}: {1}', all, whatGoesOn.join(', '));
}
