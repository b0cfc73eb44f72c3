import * as vscode from 'vscode';
import type { Choice } from '../model/launchOptions';
import { environmentName, environmentsInOrder, hasRepository, repositoriesOf } from '../model/launchRequest';
import type { GitHubRepository } from '../model/skillSpec';
import type { Environment } from '../oz/types';
import { plain } from '../platform/plainText';
import { type Item, separator } from './chooseItem';

export interface ChoiceItem extends Item {
  choice: Choice;
  /** Why it cannot be chosen. */
  refusal?: string;
}

/** @param last the uid of an environment that comes first, or none, and what is said of it */
export function environmentItems(
  environments: readonly Environment[],
  last: { id: string | undefined; words: string },
  repository: GitHubRepository | undefined,
): (ChoiceItem | Item)[] {
  const { t } = vscode.l10n;
  const item = (environment: Environment): ChoiceItem => {
    const choice = environmentChoice(environment);
    const marks = [
      environment.uid === last.id ? last.words : '',
      environment.setup_failed ? `$(warning) ${t('its last setup failed')}` : '',
    ];
    const about = [...marks, plain(environment.config.description ?? '', 80)].filter(Boolean).join(' · ');
    const description = plain(repositoriesOf(environment).join(', '), 100);
    return { id: choiceId(choice), label: plain(choice.name, 80), description, detail: about || undefined, choice };
  };
  const ordered = environmentsInOrder(environments, last.id);
  const having = ordered.filter((environment) => hasRepository(environment, repository));
  const none = noEnvironment();
  const isNone = last.id === undefined && last.words !== '';
  return [
    ...(having.length > 0 ? [separator(t('With this repository')), ...having.map(item), separator(t('Others'))] : []),
    ...ordered.filter((environment) => !having.includes(environment)).map(item),
    { id: choiceId(none), label: none.name, detail: isNone ? last.words : undefined, choice: none },
  ];
}

export function choiceId({ id }: Choice): string {
  return id === undefined ? 'none' : `id ${id}`;
}

export function noEnvironment(): Choice {
  return { name: vscode.l10n.t('No environment') };
}

export function environmentChoice(environment: Environment | undefined): Choice {
  return environment ? { id: environment.uid, name: environmentName(environment) } : noEnvironment();
}
