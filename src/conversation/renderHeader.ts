import { shortHash } from '../model/conversationJson';
import { ageTime, isActive } from '../model/runTime';
import { usageOf } from '../model/runUsage';
import type { Run } from '../oz/types';
import { exactNumber, moneyWord, shortNumber } from './amounts';
import type { ConversationSource } from './conversationSource';
import { elapsedText } from './elapsed';
import { detailsId, headerActions } from './headerActions';
import { factNodes } from './lineWords';
import { icon, oneLine, type RenderContext } from './renderContext';
import { sourceTitle } from './sourceTitle';
import { stateLook } from './stateLook';
import type { TopFacts } from './topFacts';
import { childrenOf, type ViewElement, type ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** What stays in sight: the run's name, what can be done with it, and facts about it. The details unfold below. */
export function header(facts: TopFacts, context: RenderContext): ViewElement {
  const { run, source, repositories } = facts;
  const title = run ? context.words.runTitle(run) : (facts.title ?? sourceTitle(source, [], context));
  return [
    'header',
    // The hash has the page ask for the details anew when they say something else.
    { class: 'foldable', id: detailsId, hash: shortHash(JSON.stringify([run, facts.environment, repositories])) },
    ['div', 'title-line', ['h1', { title }, title], ['div', 'actions', ...headerActions(facts, context)]],
    ['div', 'meta', ...(run ? meta(run, facts, context) : unknownMeta(source, context))],
  ];
}

/** Says of a conversation alone why there is nothing about its run. */
function unknownMeta(source: ConversationSource, { translate: t }: RenderContext): ViewNode[] {
  return source.runId === undefined
    ? [
        ['span', '', t('Its run is not known here')],
        ...factNodes([t('Conversation {0}', visibleText(oneLine(source.conversationId, 60)))]),
      ]
    : [];
}

/** Facts about the run in one quiet line, the state first. */
function meta(run: Run, { environment, now }: TopFacts, context: RenderContext): ViewNode[] {
  const { translate: t, words } = context;
  const look = stateLook(run.state);
  const state: ViewNode = ['span', `state ${look}`, icon(`state-${look}`), words.stateWord(run.state)];
  const started = Date.parse(run.started_at ?? '');
  const elapsed: ViewNode =
    isActive(run.state) && !Number.isNaN(started)
      ? [
          'time',
          { class: 'elapsed', since: started, title: t('Time since the run started') },
          elapsedText(now - started),
        ]
      : ['span', { title: t('Run time') }, words.runTime(run, now)];
  const named = (title: string, text: string | undefined): ViewNode => [
    'span',
    { title: text ? `${title}: ${visibleText(oneLine(text, 300))}` : title },
    visibleText(oneLine(text ?? '', 60)),
  ];
  const { dollars, tokens } = usageOf(run);
  const facts: ViewNode[] = [
    elapsed,
    costFact(run, dollars, context),
    tokens === undefined || tokens === 0
      ? ['span', '', '']
      : [
          'span',
          { title: t('{0} tokens', exactNumber(tokens, context)) },
          t('{0} tokens', shortNumber(tokens, context)),
        ],
    named(t('Started from'), words.sourceWord(run.source)),
    environmentFact(environment, context),
    named(t('Model'), run.agent_config?.model_id),
    ['span', { title: times(run, context) }, words.age(ageTime(run), now)],
  ];
  return [state, ...factNodes(facts.filter((fact) => typeof fact === 'object' && childrenOf(fact)[0] !== ''))];
}

/** Credits, and the same in dollars where that is told. */
function costFact(run: Run, dollars: number | undefined, context: RenderContext): ViewNode {
  const credits = context.words.credits(run);
  const money = dollars === undefined ? '' : moneyWord(dollars, context);
  const title = [context.translate('Cost'), credits && money].filter(Boolean).join(': ');
  return ['span', { title }, credits || money];
}

/** The environment's name, which leads to the page of the environments. */
function environmentFact(name: string, { translate: t }: RenderContext): ViewNode {
  const shown = visibleText(oneLine(name, 60));
  const title = t('Open Environments');
  return shown === ''
    ? ['span', '', '']
    : [
        'button',
        {
          class: 'link',
          does: 'command',
          name: 'openEnvironment',
          title: `${t('Environment: {0}', visibleText(oneLine(name, 300)))}\n${title}`,
        },
        shown,
      ];
}

/** The exact times of a run, one line each. */
function times(run: Run, { translate: t, words }: RenderContext): string {
  const started = words.exactTime(run.started_at);
  const first = started === '' ? t('Created {0}', words.exactTime(run.created_at)) : t('Started {0}', started);
  return `${first}\n${t('Last change {0}', words.exactTime(run.updated_at))}`;
}
