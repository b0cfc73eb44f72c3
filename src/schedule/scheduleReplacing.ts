import { isDeepStrictEqual } from 'node:util';
import type { LeftOut } from '../model/runAgain';
import { saveSchedule, type SaveScheduleDeps } from '../model/saveSchedule';
import type { FormMember, ScheduleConflict, Side } from '../model/scheduleChange';
import type { Schedule } from '../oz/types';
import type { ScheduleEditing } from './scheduleEditing';

/** What a person is asked before a schedule is replaced; saving waits for it. */
export type SaveQuestion =
  /** Which side counts. `isMismatch`: each is fine, and both together are not. */
  | { kind: 'sides'; conflicts: readonly ScheduleConflict[]; isMismatch: boolean }
  /** Whether what the service hides goes back as it is shown. */
  | { kind: 'hidden'; hidden: readonly LeftOut[] };

export interface ReplacingDeps extends SaveScheduleDeps {
  /** Something of this is another now. */
  changed: () => void;
}

/** Replaces a schedule by a form, and asks the person what that takes. */
export class ScheduleReplacing {
  readonly #deps: ReplacingDeps;
  #question: SaveQuestion | undefined;
  /** What may go back as it is shown, by a person's word. */
  #sendable: readonly LeftOut[] | undefined;
  /** Sides, where they were asked for; undefined: it is not saved. */
  #answer: (sides: readonly Side[] | undefined) => void = () => undefined;

  constructor(deps: ReplacingDeps) {
    this.#deps = deps;
  }

  get question(): SaveQuestion | undefined {
    return this.#question;
  }

  /** Answers what is asked; sides that are not one for each conflict are no answer. None: it is not saved. */
  answer(sides: readonly Side[] | undefined): void {
    const count = this.#question?.kind === 'sides' ? this.#question.conflicts.length : 0;
    if (this.#question && (!sides || sides.length === count)) {
      this.#answer(sides);
    }
  }

  /**
   * The schedule as the service has it now, and what others changed of it meanwhile; undefined when nothing was saved, by a
   * person's choice or since it is gone.
   * @throws ApiProblem as `saveSchedule`
   */
  async replace(
    editing: ScheduleEditing,
    base: Schedule,
    signal: AbortSignal,
  ): Promise<{ schedule: Schedule; kept: readonly FormMember[] } | undefined> {
    const { form } = editing;
    const questions = {
      choose: (conflicts: readonly ScheduleConflict[], isMismatch: boolean) =>
        this.#ask({ kind: 'sides', conflicts, isMismatch }),
      sendHidden: (hidden: readonly LeftOut[]) => this.#maySend(hidden),
    };
    const outcome = await saveSchedule(this.#deps, base, form, questions, signal);
    if (outcome.kind === 'saved') {
      editing.saved(outcome.schedule, form);
      return outcome;
    }
    editing.learn(outcome.kind === 'gone' ? undefined : outcome.schedule);
    return undefined;
  }

  async #maySend(hidden: readonly LeftOut[]): Promise<boolean> {
    if (!isDeepStrictEqual(hidden, this.#sendable)) {
      const isWanted = (await this.#ask({ kind: 'hidden', hidden })) !== undefined;
      this.#sendable = isWanted ? hidden : undefined;
    }
    return this.#sendable !== undefined;
  }

  #ask(question: SaveQuestion): Promise<readonly Side[] | undefined> {
    return new Promise((resolve) => {
      this.#question = question;
      this.#answer = (sides) => {
        this.#question = undefined;
        this.#deps.changed();
        resolve(sides);
      };
      this.#deps.changed();
    });
  }
}
