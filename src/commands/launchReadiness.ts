import * as vscode from 'vscode';
import type { Emitter } from '../model/emitter';
import { abortable } from '../oz/deadline';
import type { LaunchChoices } from './launchChoices';
import type { ChosenOptions } from './launchMore/chosenOptions';
import type { OptionKind } from './launchMore/optionKind';
import { withProgressIfSlow } from './progress';

export interface ReadinessParts {
  choices: LaunchChoices;
  options: ChosenOptions;
  kinds: readonly OptionKind[];
  changed: Emitter<undefined>;
}

/** Waits for the lists that a launch chooses from. False when a person stops that, or should know something first. */
export async function isReadyToSend({ choices, options, kinds, changed }: ReadinessParts): Promise<boolean> {
  const isLoaded = (): boolean => !choices.isLoading && !options.isLoading;
  const isStopped = await withProgressIfSlow(vscode.l10n.t('Looking for the environment…'), async (signal) => {
    const looking = Promise.all(kinds.flatMap((kind) => kind.look?.(options.all) ?? []));
    await Promise.all([until(isLoaded, changed, signal), abortable(looking, signal).catch(() => undefined)]);
    return signal.aborted;
  });
  const warnings = kinds.flatMap(({ name, warning }) => [options.settingNote(name), warning?.(options.all)]);
  const isFine = [choices.environment, choices.model].every((answer) => answer.warnings.length === 0);
  return !isStopped && isLoaded() && isFine && warnings.every((one) => one === undefined);
}

function until(isSo: () => boolean, changed: Emitter<undefined>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      listening.dispose();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const listening = changed.event(() => {
      if (isSo()) {
        done();
      }
    });
    signal.addEventListener('abort', done);
    if (isSo()) {
      done();
    }
  });
}
