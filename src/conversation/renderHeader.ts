import { hasEnded, isActive } from '../model/runTime';
import { usageOf } from '../model/runUsage';
import { shortHash } from '../model/shortHash';
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
function meta(run: Run, { environment, now, askedAt, isAnswered }: TopFacts, context: RenderContext): ViewNode[] {
  const { translate: t, words } = context;
  const look = isAnswered ? 'waiting' : stateLook(run.state);
  const word = isAnswered ? t('Answered') : words.stateWord(run.state);
  const state: ViewNode = ['span', `state ${look}`, icon(`state-${look}`), word];
  const elapsed: ViewNode = isActive(run.state)
    ? elapsedFact(run, { askedAt, now }, context)
    : ['span', { title: t('Run time') }, words.runTime(run, now)];
  const named = (title: string, text: string | undefined): ViewNode => [
    'span',
    { title: text ? `${title}: ${visibleText(oneLine(text, 300))}` : title },
    visibleText(oneLine(text ?? '', 60)),
  ];
  const { dollars, tokens } = usageOf(run);
  const model = run.agent_config?.model_id;
  const facts: ViewNode[] = [
    elapsed,
    ['span', { title: times(run, context) }, whenWord(run, now, context)],
    costFact(run, dollars, context),
    tokens === undefined || tokens === 0
      ? ['span', '', '']
      : [
          'span',
          { title: t('{0} tokens', exactNumber(tokens, context)) },
          t('{0} tokens', shortNumber(tokens, context)),
        ],
    named(t('Started from'), words.sourceWord(run.source)),
    // Where there is no room, the last ones are cut.
    environmentFact(environment, context),
    named(t('Model'), model === 'auto' ? undefined : model),
  ];
  return [state, ...factNodes(facts.filter((fact) => typeof fact === 'object' && childrenOf(fact)[0] !== ''))];
}

/**
 * How long the run has worked on what it was asked last. Before it does, nobody knows: its start is that of the work before
 * a follow-up.
 */
function elapsedFact(
  { state, started_at: begun }: Run,
  { askedAt, now }: Pick<TopFacts, 'askedAt' | 'now'>,
  { translate: t }: RenderContext,
): ViewNode {
  const started = Date.parse(begun ?? '');
  const isLater = askedAt !== undefined && !(askedAt <= started);
  const since = isLater ? askedAt : started;
  return state !== 'INPROGRESS' || Number.isNaN(since)
    ? ['span', '', '']
    : [
        'time',
        {
          class: 'elapsed',
          since,
          title: isLater ? t('Time since the last message to it') : t('Time since the run started'),
        },
        elapsedText(now - since),
      ];
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

/** "ended 5 min ago"; nothing of a run whose time is counted. */
function whenWord(run: Run, now: number, { translate: t, words }: RenderContext): string {
  if (isActive(run.state)) {
    return run.started_at ? '' : t('created {0}', words.age(run.created_at, now));
  }
  return hasEnded(run.state)
    ? t('ended {0}', words.age(run.finished_at ?? run.updated_at, now))
    : t('last change {0}', words.age(run.updated_at, now));
}

/** The exact times of a run, one line each. */
function times(run: Run, { translate: t, words }: RenderContext): string {
  const started = words.exactTime(run.started_at);
  const first = started === '' ? t('Created {0}', words.exactTime(run.created_at)) : t('Started {0}', started);
  return `${first}\n${t('Last change {0}', words.exactTime(run.updated_at))}`;
}
