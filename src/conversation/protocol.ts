import type { ChunkSize } from '../model/conversationChunks';
import type { PictureKind } from '../model/sniffPicture';
import type { ViewElement } from './viewNodes';

/** The parts of the page around the conversation, in the order in which they stand. */
export const partNames = ['header', 'banner', 'links', 'outcome', 'artifacts', 'note', 'tail', 'pending'] as const;
export type PartName = (typeof partNames)[number];

/** What the host tells the page. */
export type ToPage =
  /** How the conversation is cut, and how many entries it has. Sent on every change. */
  | ({ type: 'layout' } & PageLayout)
  /**
   * Entries of a chunk, in order; of those that the page has, the id. What is too large for one message comes in several;
   * `more` says so.
   */
  | { type: 'chunk'; index: number; version: number; entries: (ViewElement | string)[]; more: boolean }
  /** What stands behind an action's line. */
  | { type: 'body'; id: string; node: ViewElement }
  /** A part of the page around the conversation; none takes it away. */
  | { type: 'part'; name: PartName; node: ViewElement | null }
  /** Scroll to an entry and, unless it is where reading went on before a reload, give it the focus. */
  | { type: 'reveal'; chunk: number; id: string; offset: number | null }
  /**
   * What finding came to, in words, and where to go now: nowhere when what is found changed by itself. The number of hits is
   * null while they are being counted.
   */
  | { type: 'found'; words: string; hits: number | null; place: FoundPlace | null }
  /** Something that a person should know in passing. */
  | { type: 'say'; text: string }
  /** What the keys do. */
  | { type: 'keys'; node: ViewElement }
  /** What the strip beside the conversation leads to. Sent when it changes. */
  | { type: 'timeline'; marks: TimelineMark[] }
  /** The bytes of an artifact's picture; null when there are none to be had, or `canRetry` says that there may be later. */
  | { type: 'picture'; item: number; kind: PictureKind; bytes: Uint8Array | null; canRetry: boolean }
  /** What the box for a follow-up does. Its text is the page's, except where the host gives one back to be changed. */
  | { type: 'box'; box: FollowUpBoxState; text: string | null }
  /** The steps that are folded, where the host folded or unfolded some. */
  | { type: 'folds'; folded: string[] }
  /** Give something on the page the focus. */
  | { type: 'focus'; what: 'box' | 'find' };

/** A conversation as a page knows it that has none of it yet. */
export interface PageLayout {
  chunks: ChunkSize[];
  entries: number;
  /** Entries, from the first on, that a person had seen before the page was shown. */
  seen: number;
  /** The last entry. */
  last: string | null;
  active: boolean;
}

/** Where a hit is. */
export interface FoundPlace {
  chunk: number;
  /** The entry. */
  id: string;
  /** The block whose body has to be unfolded to see it; none where it is seen without. */
  block: string | null;
  /** The body has to be shown as the service sent it. */
  raw: boolean;
  /** Which of the hits in that entry or body it is, from 0; none where it is in what the page does not show. */
  nth: number | null;
}

/** An entry that the strip leads to. */
export interface TimelineMark {
  id: string;
  chunk: number;
  /** The part of its chunk that stands before it, about: 0 at its start. */
  at: number;
  kind: 'step' | 'user' | 'error';
  title: string;
}

/** What the box under the conversation sends. */
export interface FollowUpBoxState {
  /** `followUp`: to the run. `newRun`: starts a run that goes on with the conversation. `none`: there is no box. */
  sends: 'followUp' | 'newRun' | 'none';
  label: string;
  placeholder: string;
  button: string;
  /** What is in it is being sent: nothing can be changed meanwhile. */
  busy: boolean;
}

/** What a person can have done to the whole run or panel; the host knows which command each is. */
export const commandNames = [
  'attachRun',
  'cancelRun',
  'checkOutBranch',
  'connectGitHub',
  'continueLocally',
  'copyBranch',
  'copyLink',
  'copyMarkdown',
  'copyPrompt',
  'copyRunId',
  'diagnoseConnection',
  'exportJson',
  'exportMarkdown',
  'find',
  'followUp',
  'openAsText',
  'openBrowser',
  'openEnvironment',
  'openPullRequest',
  'openSession',
  'openSettings',
  'openTranscript',
  'pinRun',
  'retry',
  'runAgain',
  'runAgainWithChanges',
  'saveArtifacts',
  'saveTranscript',
  'scheduleRun',
  'setKey',
  'showInRuns',
  'showKeys',
  'showParent',
  'showSchedule',
  'showSkill',
  'topUp',
  'unpinRun',
] as const;
export type CommandName = (typeof commandNames)[number];

/** What of a message or an action can be copied or opened as a document. */
export const textParts = ['code', 'command', 'diff', 'message', 'output', 'raw', 'text'] as const;
export type TextPart = (typeof textParts)[number];

/** What a person jumps to with the keyboard; landmarks are steps, users' messages and errors. */
export const jumpTargets = ['landmark', 'user', 'error', 'step', 'action'] as const;
export type JumpTarget = (typeof jumpTargets)[number];

/** What is done with an artifact: shown in the best way there is, or … */
export const artifactActs = ['open', 'save', 'browser', 'checkOut', 'compare', 'copyBranch'] as const;
export type ArtifactAct = (typeof artifactActs)[number];

/** What is done with a follow-up that was not sent yet. */
export const pendingActs = ['edit', 'send', 'newRun', 'remove'] as const;
export type PendingAct = (typeof pendingActs)[number];

/** Where a reader was: an entry and how many pixels of it are above the window. */
export interface Anchor {
  id: string;
  offset: number;
}

/** What the page asks of the host: ids and numbers only. No path, address or command of the page's is used. */
export type FromPage =
  | { type: 'ready'; folded: string[]; anchor: Anchor | null }
  /** The entries of a chunk, of which the page has a version or none. */
  | { type: 'chunk'; index: number; have: number | null }
  | { type: 'body'; id: string; raw: boolean }
  | { type: 'fold'; folded: string[] }
  | { type: 'jump'; from: string | null; back: boolean; to: JumpTarget }
  /** An entry that the strip leads to. */
  | { type: 'goTo'; id: string }
  /** The entry after the last one that was seen. */
  | { type: 'goToNew'; seen: string | null }
  /**
   * The text that a person looks for everywhere, none when they no longer do; `step` goes to the next hit or the one
   * before, 0 to the first from `from` on, of which as many hits are `above` where to begin.
   */
  | { type: 'find'; text: string | null; step: -1 | 0 | 1; from: string | null; above: number }
  /** Where somebody reads, for when this page is gone: `seen` is the last entry that was there when the end was in sight. */
  | { type: 'reading'; anchor: Anchor | null; following: boolean; seen: string | null; unfolded: string[] }
  | { type: 'link'; item: number }
  | { type: 'artifact'; item: number; act: ArtifactAct }
  | { type: 'picture'; item: number }
  /** One of the runs that the header or the tail names. */
  | { type: 'run'; item: number }
  /** What is being typed, and what is to be sent. */
  | { type: 'draft'; text: string }
  | { type: 'send'; text: string }
  | { type: 'pending'; item: number; act: PendingAct }
  /** One of the answers to what the agent wants to do, to be put into the box. */
  | { type: 'answer'; item: number }
  | { type: 'diff'; id: string; item: number }
  /** All changes of an edit. */
  | { type: 'diffs'; id: string }
  /** One of the files that an action names, in the workspace. */
  | { type: 'file'; id: string; item: number }
  | { type: 'foldAll'; folded: boolean }
  | { type: 'copy'; id: string; part: TextPart; item: number }
  | { type: 'open'; id: string; part: TextPart; item: number }
  | { type: 'command'; name: CommandName };
