import * as vscode from 'vscode';
import type { Emitter } from '../model/emitter';
import { abortable } from '../oz/deadline';
import type { Answer } from './launchAnswer';
import type { LaunchChoices } from './launchChoices';
import type { ChosenOptions } from './launchMore/chosenOptions';
import type { OptionKind } from './launchMore/optionKind';
import { withProgressIfSlow } from './progress';

export interface ReadinessParts {
  choices: LaunchChoices;
  options: ChosenOptions;
  kinds: readonly OptionKind[];
  changed: Emitter<undefined>;
  /** A person has just seen what is marked, and wants it sent all the same. */
  isSeen: boolean;
}

/** Waits for the lists that a launch chooses from. False when a person stops that, or should know something first. */
export async function isReadyToSend(parts: ReadinessParts): Promise<boolean> {
  const { choices, options, kinds, changed, isSeen } = parts;
  const answers = (): Answer[] => [choices.environment, choices.model];
  const [seenMarks, seenAnswers] = isSeen ? [marks(parts), answers()] : [[], []];
  choices.loadUnknown();
  const isLoaded = (): boolean => !choices.isAwaited && !options.isLoading;
  const isStopped = await withProgressIfSlow(vscode.l10n.t('Looking for the environment…'), async (signal) => {
    const looking = Promise.all(kinds.flatMap((kind) => kind.look?.(options.all) ?? []));
    await Promise.all([until(isLoaded, changed, signal), abortable(looking, signal).catch(() => undefined)]);
    return signal.aborted;
  });
  const now = answers();
  const isAsSeen = seenAnswers.every(({ isKnown, choice }, index) => !isKnown || choice.id === now[index]?.choice.id);
  const isMarkedAnew = marks(parts).some((mark) => !seenMarks.includes(mark));
  return !isStopped && isLoaded() && choices.isKnown && isAsSeen && !isMarkedAnew;
}

/** What a person should know before it is sent. */
function marks({ choices, options, kinds }: ReadinessParts): string[] {
  const others = kinds.flatMap(({ name, warning }) => [options.settingNote(name), warning?.(options.all)]);
  return [...choices.environment.warnings, ...choices.model.warnings, ...others.filter((mark) => mark !== undefined)];
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
