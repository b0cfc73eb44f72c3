import { whyNotCancellable } from '../model/cancelGate';
import type { MessageEntry } from '../model/conversation';
import { asText } from '../model/conversationJson';
import { hasEnded, isActive } from '../model/runTime';
import type { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import { artifactCard } from './artifactCard';
import { elapsedText } from './elapsed';
import type { CommandName, PartName } from './protocol';
import { factNodes, renderEntry } from './renderEntry';
import { icon, oneLine, type RenderContext } from './renderContext';
import { childrenOf, type ViewElement, type ViewNode } from './viewNodes';
import { visibleText } from './visibleText';

/** What is known when the parts around the conversation are made. */
export interface TopFacts {
  runId: string;
  run?: Run;
  /** The name of the run's environment, or its id while the name is not known. */
  environment: string;
  /** Milliseconds since 1970. */
  now: number;
  /** What came of the last reading of the conversation. */
  reading: 'first' | 'good' | 'none' | 'unsupported' | 'failed';
  problem?: ApiProblem;
  /** Entries that are shown. */
  entries: number;
  final?: MessageEntry;
}

/** The parts of the page around the conversation; a part with nothing to say is null. */
export function renderTop(facts: TopFacts, context: RenderContext): Record<PartName, ViewElement | null> {
  return {
    header: header(facts, context),
    banner: banner(facts, context),
    outcome: outcome(facts, context),
    artifacts: artifacts(facts, context),
    note: note(facts, context),
    tail: tail(facts, context),
  };
}

function header(facts: TopFacts, context: RenderContext): ViewElement {
  const { run } = facts;
  const title = run ? context.words.runTitle(run) : context.translate('Run {0}', visibleText(oneLine(facts.runId, 60)));
  return [
    'header',
    { id: 'top' },
    ['div', 'title-line', ['h1', { title }, title], ['div', 'actions', ...actions(run, context)]],
    ['div', 'meta', ...(run ? meta(run, facts, context) : [])],
  ];
}

function actions(run: Run | undefined, { translate: t }: RenderContext): ViewNode[] {
  const button = (name: CommandName, iconName: string, label: string): ViewNode => [
    'button',
    { class: `icon ${iconName}`, does: 'command', name, label, title: label },
  ];
  return [
    ...(run && whyNotCancellable(run) === undefined ? [button('cancelRun', 'stop', t('Cancel Run'))] : []),
    ...(run?.session_link ? [button('openSession', 'live', t('Open Session in Browser'))] : []),
    button('openAsText', 'open-text', t('Open as Text')),
    button('copyMarkdown', 'markdown', t('Copy Conversation as Markdown')),
    button('copyLink', 'link', t('Copy Link to Run')),
    button('openBrowser', 'link-external', t('Open Run in Browser')),
  ];
}

/** Facts about the run in one quiet line, the state first. */
function meta(run: Run, { environment, now }: TopFacts, { translate: t, words }: RenderContext): ViewNode[] {
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
  const facts: ViewNode[] = [
    elapsed,
    ['span', { title: t('Cost') }, words.credits(run)],
    named(t('Started from'), words.sourceWord(run.source)),
    named(t('Environment'), environment),
    named(t('Model'), run.agent_config?.model_id),
    ['span', { title: words.exactTime(run.created_at) }, words.age(run.created_at, now)],
  ];
  return [state, ...factNodes(facts.filter((fact) => typeof fact === 'object' && childrenOf(fact)[0] !== ''))];
}

/** How a state looks, for the icon and its colour. */
export function stateLook(state: string): 'active' | 'attention' | 'done' | 'failed' | 'stopped' {
  switch (state) {
    case 'BLOCKED':
      return 'attention';
    case 'SUCCEEDED':
      return 'done';
    case 'FAILED':
    case 'ERROR':
      return 'failed';
    case 'CANCELLED':
      return 'stopped';
    default:
      return isActive(state) ? 'active' : 'stopped';
  }
}

function commandButton(name: CommandName, label: string): ViewNode {
  return ['button', { class: 'secondary', does: 'command', name }, label];
}

/** What keeps the page from being up to date. What is on the page stays. */
function banner({ problem, reading }: TopFacts, { translate: t, words }: RenderContext): ViewElement | null {
  if (!problem || reading === 'none' || reading === 'unsupported') {
    return null;
  }
  const isKey = problem.kind === 'noKey' || problem.kind === 'keyRefused';
  return [
    'div',
    { class: 'banner', role: 'status' },
    icon(isKey ? 'key' : 'warning'),
    ['span', 'words', words.problemWords(problem)],
    isKey ? commandButton('setKey', t('Set API Key…')) : commandButton('retry', t('Try Again')),
  ];
}

/** What a run that is over, or waits for a person, came to. */
function outcome({ run, final }: TopFacts, context: RenderContext): ViewElement | null {
  const { translate: t, words } = context;
  if (!run || (!hasEnded(run.state) && run.state !== 'BLOCKED')) {
    return null;
  }
  const said = visibleText((asText(run.status_message?.message) ?? '').slice(0, 4000));
  const why: ViewNode[] = run.state === 'SUCCEEDED' || said === '' ? [] : [['p', 'status-message', said]];
  const answer: ViewNode[] =
    run.state === 'BLOCKED'
      ? [
          [
            'div',
            'buttons',
            run.session_link
              ? commandButton('openSession', t('Answer in Browser'))
              : commandButton('openBrowser', t('Answer in Browser')),
          ],
        ]
      : [];
  const shown = final ? [finalText(final, context)] : [];
  return why.length + answer.length + shown.length === 0
    ? null
    : [
        'section',
        { class: `outcome ${stateLook(run.state)}`, label: t('Outcome') },
        ['h2', '', run.state === 'SUCCEEDED' ? t('Outcome') : words.stateWord(run.state)],
        ...why,
        ...answer,
        ...shown,
      ];
}

/** The texts of the final message; its actions are below, in their place. */
function finalText(final: MessageEntry, context: RenderContext): ViewNode {
  const texts = { ...final, blocks: final.blocks.filter((block) => block.kind === 'text') };
  return ['div', 'final', ...childrenOf(renderEntry(texts, { place: 0, folded: false }, context))];
}

/** Artifacts in the strip at most; the rest is in the tree. */
const mostArtifacts = 30;

function artifacts({ run }: TopFacts, context: RenderContext): ViewElement | null {
  const items = (run?.artifacts ?? []).slice(0, mostArtifacts);
  return items.length === 0
    ? null
    : [
        'section',
        { class: 'artifacts', label: context.translate('Artifacts') },
        ['ul', '', ...items.map((artifact, index): ViewNode => ['li', '', artifactCard(artifact, index, context)])],
      ];
}

/** What stands where the conversation would, while there is none. */
function note({ run, reading, entries }: TopFacts, { translate: t }: RenderContext): ViewElement | null {
  const waiting = !run || isActive(run.state);
  switch (reading) {
    case 'first':
      return skeleton(t('Reading the conversation…'));
    case 'none':
      return waiting
        ? skeleton(t('The conversation begins when the agent does.'), prompt(run))
        : ['div', 'note', ...prompt(run), ['p', '', t('This run has no conversation.')]];
    case 'unsupported':
      return [
        'div',
        'note',
        [
          'p',
          '',
          t('The service cannot show this run’s conversation here: the agent keeps it in a format of its own.'),
        ],
        [
          'div',
          'buttons',
          commandButton('openTranscript', t('Open Transcript')),
          commandButton('openBrowser', t('Open Run in Browser')),
        ],
      ];
    case 'good':
    case 'failed':
      return entries > 0 || reading === 'failed' ? null : ['div', 'note', ['p', '', t('Nothing has been said yet.')]];
  }
}

/** What the run was asked to do, while nothing else says it. */
function prompt(run: Run | undefined): ViewNode[] {
  const text = asText(run?.prompt);
  return text === undefined ? [] : [['p', 'prompt', visibleText(text.slice(0, 4000))]];
}

/** Stands in for messages, in their size. */
function skeleton(words: string, before: ViewNode[] = []): ViewElement {
  const bars = ['w60', 'w90', 'w80', 'w40', 'w90', 'w70'];
  return [
    'div',
    { class: 'note skeleton', role: 'status' },
    ...before,
    ['p', '', words],
    ...bars.map((width): ViewNode => ['div', { class: `bar ${width}`, decorative: true }]),
  ];
}

/** The end of a conversation that is not over. */
function tail({ run, reading }: TopFacts, { words }: RenderContext): ViewElement | null {
  return run && isActive(run.state) && reading === 'good'
    ? ['div', { class: 'tail' }, icon('state-active'), words.stateWord(run.state)]
    : null;
}
