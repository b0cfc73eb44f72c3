import type * as vscode from 'vscode';
import { Emitter } from '../model/emitter';
import type { ScheduleForm } from '../model/scheduleForm';
import type { GitHubRepository } from '../model/skillSpec';
import type { Clock } from '../oz/clock';
import { launchSettings } from '../platform/launchSettings';
import type { AnswerParts } from './launchAnswer';
import { LaunchChoices } from './launchChoices';
import { LaunchMemory } from './launchMemory';

export interface LikelyChoicesDeps {
  catalog: AnswerParts['catalog'];
  clock: Pick<Clock, 'after'>;
  /** Of the workspace: the last answers to a launch. */
  memento: vscode.Memento;
}

/** Milliseconds to wait at most for what the lists say; a person can choose in the form, too. */
const patience = 3000;

/**
 * The environment and the model that a launch would have.
 * @param needsRepository the environment should have the repository
 */
export async function likelyChoices(
  { catalog, clock, memento }: LikelyChoicesDeps,
  repository: GitHubRepository | undefined,
  needsRepository: boolean,
): Promise<Pick<ScheduleForm, 'environment' | 'model'>> {
  const changed = new Emitter<undefined>();
  const choices = new LaunchChoices({
    ...{ catalog, needsRepository, changed },
    last: new LaunchMemory(memento).choices,
    lastWords: '',
    canGoBack: false,
    settings: launchSettings(),
    repository: () => repository,
    hasPictures: () => false,
  });
  await new Promise<void>((resolve) => {
    const stop = clock.after(patience, resolve);
    const end = (): void => {
      if (!choices.isLoading) {
        stop();
        resolve();
      }
    };
    changed.event(end);
    end();
  });
  const environment = choices.environment.choice.id;
  const model = choices.model.choice.id;
  return { ...(environment !== undefined && { environment }), ...(model !== undefined && { model }) };
}
