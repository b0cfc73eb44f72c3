import * as vscode from 'vscode';
import { asProblem } from '../model/loadStatus';
import type { ApiProblem } from '../oz/problems';
import type { Identity } from '../oz/types';
import { problemWords } from '../platform/problemWords';
import { isForPeople, serviceAccountWords } from './identityList';

export interface IdentityNameQuestion {
  title: string;
  /** What the box holds at first. */
  value: string;
  /** Names that are taken, as far as is known. */
  taken: readonly string[];
  /** @throws ApiProblem */
  send: (name: string, signal: AbortSignal) => Promise<Identity>;
}

/**
 * Asks for a name until the service takes one; what was typed stays in the box until then.
 * @returns the identity of that name, or undefined when the box was left
 */
export async function askIdentityName({
  title,
  value,
  taken,
  send,
}: IdentityNameQuestion): Promise<Identity | undefined> {
  const { t } = vscode.l10n;
  const box = vscode.window.createInputBox();
  box.title = title;
  box.prompt = t('The whole team sees this name.');
  box.placeholder = t('For example: Release manager');
  box.value = value;
  box.ignoreFocusOut = true;
  const gone = new AbortController();
  const accept = async (): Promise<Identity | undefined> => {
    const name = box.value.trim();
    if (!box.enabled) {
      return undefined;
    }
    box.validationMessage =
      name === '' ? t('Type a name.') : name !== value && taken.includes(name) ? takenWords() : undefined;
    if (box.validationMessage !== undefined) {
      return undefined;
    }
    box.enabled = false;
    box.busy = true;
    try {
      return await send(name, gone.signal);
    } catch (error) {
      box.validationMessage = refusalWords(asProblem(error));
      return undefined;
    } finally {
      box.busy = false;
      box.enabled = true;
    }
  };
  try {
    return await new Promise((resolve, reject) => {
      box.onDidChangeValue(() => (box.validationMessage = undefined));
      box.onDidAccept(() => {
        accept().then((identity) => {
          if (identity) {
            resolve(identity);
          }
        }, reject);
      });
      box.onDidHide(() => {
        gone.abort();
        resolve(undefined);
      });
      box.show();
    });
  } finally {
    box.dispose();
  }
}

function takenWords(): string {
  return vscode.l10n.t('There is an identity of this name already: type another one.');
}

function refusalWords(problem: ApiProblem): string {
  const { t } = vscode.l10n;
  if (problem.kind === 'conflict') {
    return takenWords();
  }
  if (problem.kind === 'outcomeUnknown') {
    return t('The answer was lost on the way, and the list has no identity of this name. Press Enter to try again.');
  }
  return isForPeople(problem) ? serviceAccountWords() : t('{0} Press Enter to try again.', problemWords(problem));
}
