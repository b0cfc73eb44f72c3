import { whyNotCancellable } from '../model/cancelGate';
import type { ActionBlock, MessageEntry } from '../model/conversation';
import { viewAction } from '../model/conversationActions';
import { asText } from '../model/conversationJson';
import { whyNotFollowable } from '../model/followUpGate';
import { ageTime, hasEnded, hasLiveSession, isActive } from '../model/runTime';
import type { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import { actionLine } from './actionLine';
import { artifactCard } from './artifactCard';
import { elapsedText } from './elapsed';
import { highlightCode } from './highlightCode';
import { gapNode, preNodes } from './longText';
import type { CommandName, PartName } from './protocol';
import { factNodes, renderEntry } from './renderEntry';
import { icon, oneLine, type RenderContext } from './renderContext';
import { stateLook } from './stateLook';
import { childrenOf, type ViewElement, type ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

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
  /** What a blocked run asks about. */
  waiting?: readonly ActionBlock[];
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
    pending: null,
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
    ...(run && hasLiveSession(run) ? [button('openSession', 'live', t('Open Live Session in Browser'))] : []),
    button('openAsText', 'open-text', t('Open as Text')),
    button('copyMarkdown', 'markdown', t('Copy Conversation as Markdown')),
    button('copyLink', 'link', t('Copy Link to Run')),
    button('openBrowser', 'link-external', t('Open Run in Browser')),
  ];
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
  const facts: ViewNode[] = [
    elapsed,
    ['span', { title: t('Cost') }, words.credits(run)],
    named(t('Started from'), words.sourceWord(run.source)),
    named(t('Environment'), environment),
    named(t('Model'), run.agent_config?.model_id),
    ['span', { title: times(run, context) }, words.age(ageTime(run), now)],
  ];
  return [state, ...factNodes(facts.filter((fact) => typeof fact === 'object' && childrenOf(fact)[0] !== ''))];
}

/** The exact times of a run, one line each. */
function times(run: Run, { translate: t, words }: RenderContext): string {
  const started = words.exactTime(run.started_at);
  const first = started === '' ? t('Created {0}', words.exactTime(run.created_at)) : t('Started {0}', started);
  return `${first}\n${t('Last change {0}', words.exactTime(run.updated_at))}`;
}

function commandButton(name: CommandName, label: string): ViewNode {
  return ['button', { class: 'secondary', does: 'command', name }, label];
}

/** What keeps the page from being up to date. What is on the page stays. */
function banner({ problem, reading }: TopFacts, { translate: t, words }: RenderContext): ViewElement | null {
  if (!problem || (reading === 'none' && problem.kind === 'notFound') || problem.kind === 'unsupported') {
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
function outcome({ run, final, waiting }: TopFacts, context: RenderContext): ViewElement | null {
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
            ...(whyNotFollowable(run) ? [] : [commandButton('followUp', t('Answer…'))]),
            run.session_link
              ? commandButton('openSession', t('Answer in Browser'))
              : commandButton('openBrowser', t('Answer in Browser')),
          ],
        ]
      : [];
  const asked = run.state === 'BLOCKED' ? (waiting ?? []).slice(0, mostAsked).map((one) => asking(one, context)) : [];
  const shown = final ? [finalText(final, context)] : [];
  return why.length + answer.length + shown.length === 0
    ? null
    : [
        'section',
        { class: `outcome ${stateLook(run.state)}`, label: t('Outcome') },
        ['h2', '', run.state === 'SUCCEEDED' ? t('Outcome') : words.stateWord(run.state)],
        ...why,
        ...asked,
        ...answer,
        ...shown,
      ];
}

/** Actions that a run asks about, as many as are shown, and characters of a command. */
const mostAsked = 3;
const commandLimit = 4000;

/** What a person is asked to allow: the whole command, or the line of another action. */
function asking(action: ActionBlock, context: RenderContext): ViewNode {
  const view = viewAction(action);
  return [
    'div',
    'awaiting',
    ...(view.kind === 'command'
      ? preNodes(
          view.command,
          commandLimit,
          (text) => highlightCode(text, 'bash'),
          (hidden) => gapNode(hidden, action.id, 'command', context),
        )
      : actionLine(action, context).sentence),
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
function note({ run, reading, entries }: TopFacts, context: RenderContext): ViewElement | null {
  const { translate: t } = context;
  const waiting = !run || isActive(run.state);
  switch (reading) {
    case 'first':
      return skeleton(t('Reading the conversation…'));
    case 'none':
      return [
        'div',
        'asked',
        ...prompt(run, context),
        waiting
          ? skeleton(t('The conversation begins when the agent does.'))
          : ['div', 'note', ['p', '', t('This run has no conversation.')]],
      ];
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
function prompt(run: Run | undefined, context: RenderContext): ViewNode[] {
  const asked = promptMessage(run);
  return asked ? [renderEntry(asked, { place: 0, folded: false }, context)] : [];
}

/** The run's prompt as the message that it will be once the conversation has begun. */
export function promptMessage(run: Run | undefined): MessageEntry | undefined {
  const text = asText(run?.prompt);
  return text === undefined || text.trim() === ''
    ? undefined
    : {
        kind: 'message',
        id: 'prompt',
        depth: 0,
        within: [],
        role: 'user',
        blocks: [{ kind: 'text', id: 'prompt.0', text }],
      };
}

/** Stands in for messages, in their size. */
function skeleton(words: string): ViewElement {
  const bars = ['w60', 'w90', 'w80', 'w40', 'w90', 'w70'];
  return [
    'div',
    { class: 'note skeleton', role: 'status' },
    ['p', '', words],
    ...bars.map((width): ViewNode => ['div', { class: `bar ${width}`, decorative: true }]),
  ];
}

/** The end of a conversation that is not over. */
function tail({ run, reading }: TopFacts, { words }: RenderContext): ViewElement | null {
  return run && isActive(run.state) && reading === 'good'
    ? ['div', { class: 'tail' }, icon('working'), words.stateWord(run.state)]
    : null;
}
