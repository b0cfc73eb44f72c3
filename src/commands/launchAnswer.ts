import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import type { Emitter } from '../model/emitter';
import type { Choice } from '../model/launchOptions';
import { namedItem } from '../model/optionLayers';
import type { GitHubRepository } from '../model/skillSpec';
import type { LaunchSettings } from '../platform/launchSettings';
import { plain } from '../platform/plainText';
import type { LastChoices } from './launchMemory';

/** What is sent, where it comes from, and what a person should know of it. */
export interface Answer {
  choice: Choice;
  from: string;
  warnings: string[];
  /** False while only a list that is not there can tell what it is: nothing is launched with that. */
  isKnown: boolean;
}

/** What the environment and the model of a launch are chosen by. */
export interface AnswerParts {
  catalog: Pick<Catalog, 'environments' | 'models' | 'refresh'>;
  last: LastChoices;
  /** What is said of what comes from `last`. */
  lastWords: string;
  settings: Pick<LaunchSettings, 'environment' | 'model'>;
  repository: () => GitHubRepository | undefined;
  /** The launch reads a file of the repository, so an environment should have it. */
  needsRepository: boolean;
  /** A list is one of several steps. */
  canGoBack: boolean;
  /** There are pictures that the model is to look at. */
  hasPictures: () => boolean;
  /** Told whenever a list was read. */
  changed: Emitter<undefined>;
}

interface NamedParts<T> {
  list: readonly T[] | undefined;
  idOf: (item: T) => string;
  nameOf: (item: T) => string;
  choiceOf: (item: T) => Choice;
}

/** What the settings name. While the list loads, what the same words stood for the last time. */
export function namedChoice<T>(
  kind: 'environment' | 'model',
  { last, settings }: AnswerParts,
  { list, idOf, nameOf, choiceOf }: NamedParts<T>,
): Choice | undefined {
  const words = settings[kind];
  if (words === '') {
    return undefined;
  }
  if (!list) {
    return last.named?.[kind]?.words === words ? last.named[kind].choice : undefined;
  }
  const item = namedItem(list, words, idOf, nameOf);
  return item && choiceOf(item);
}

/** @param words what the settings say */
export function unknownChoice(words: string): Choice {
  const { t } = vscode.l10n;
  return { name: words ? t('“{0}”, not known yet', plain(words, 40)) : t('not known yet') };
}

export function fromSettings(): string {
  return vscode.l10n.t('from the settings');
}

export function unknownSetting(words: string): string {
  return vscode.l10n.t('“{0}” of the settings is not known', plain(words, 60));
}
