import type { Memento } from './memento';

const keyOf = (runId: string): string => `agentRuns.followUpDraft.${runId}`;

/** What was typed for a run and not sent off, kept until it is: one text for each run. */
export class FollowUpDrafts {
  constructor(private readonly memento: Memento) {}

  of(runId: string): string {
    const text = this.memento.get(keyOf(runId));
    return typeof text === 'string' ? text : '';
  }

  keep(runId: string, text: string): void {
    void this.memento.update(keyOf(runId), text === '' ? undefined : text);
  }
}
