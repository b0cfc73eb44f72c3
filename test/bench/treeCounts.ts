import { Inbox } from './inbox';
import type { TreeCounts } from './inboxInHost';
import { type Figure, figure } from './figure';

const refreshes = 100;

/** What a poll costs with 10,000 runs in a real tree on the screen, and whether it stays as it is while it is refreshed. */
export async function measureTree(): Promise<Figure[]> {
  const inbox = await Inbox.open();
  const unchanged = await unchangedPoll(inbox);
  const changed = await changedRun(inbox);
  const { moved, events } = await stillness(inbox, refreshes);
  await inbox.close();
  if (events < refreshes / 2) {
    throw new Error(`the list changed ${events} times only`);
  }
  return [
    figure('tree.unchanged.events', unchanged.events, 'events', 0),
    figure('tree.unchanged.calls', unchanged.getTreeItem + unchanged.getChildren, 'calls', 0),
    figure('tree.changed.getTreeItem', changed.getTreeItem, 'calls', 1),
    figure('tree.changed.getChildren', changed.getChildren, 'calls', 0),
    figure('tree.refreshed.moved', moved, 'refreshes', 0),
  ];
}

export function unchangedPoll(inbox: Inbox): Promise<TreeCounts> {
  return inbox.countsDuring(() => inbox.nextPoll());
}

/** One run has another title, which a poll brings to the screen. */
export function changedRun(inbox: Inbox): Promise<TreeCounts> {
  const [runId = ''] = inbox.runsIn('INPROGRESS');
  return inbox.countsDuring(async () => {
    inbox.change(runId, { title: 'Changed meanwhile' });
    await inbox.workbench.row(inbox.runs, 'Changed meanwhile').waitFor();
  });
}

export interface Stillness {
  /** After how many refreshes the screen did not look as before: other rows, elsewhere, or others selected or unfolded. */
  moved: number;
  /** How often VS Code was told of a change meanwhile. */
  events: number;
}

/**
 * Refreshes the list so many times with rows selected and unfolded, in the midst of the active runs: while some of them
 * change, above the screen runs change their order, and below it they go from group to group.
 */
export async function stillness(inbox: Inbox, refreshes: number): Promise<Stillness> {
  const { workbench, runs } = inbox;
  await inbox.scrollTo(12);
  for (const index of [15, 16, 17, 18, 19]) {
    await workbench.expand(inbox.rowAt(index));
  }
  // Without the key the click would open the conversation.
  await inbox.rowAt(20).click({ modifiers: ['Control'] });
  await runs.locator('[aria-level="2"][aria-expanded=true]').first().waitFor();
  await runs.locator('[aria-level="2"][aria-selected=true]').waitFor();

  // One time in four nothing changes.
  const changing = [[], inbox.runsIn('INPROGRESS'), inbox.runsIn('BLOCKED').slice(0, 6), inbox.runsIn('SUCCEEDED')];
  let moved = 0;
  const { events } = await inbox.countsDuring(async () => {
    const before = await inbox.look();
    for (let round = 0; round < refreshes; round += 1) {
      const runIds = changing[round % changing.length] ?? [];
      const turn = Math.floor(round / changing.length);
      const runId = runIds[turn % runIds.length];
      if (runId !== undefined) {
        inbox.change(runId, { source: turn % 4 < 2 ? 'CLI' : 'JIRA' });
      }
      await inbox.command('agentRuns.refreshRuns');
      moved += (await inbox.look()) === before ? 0 : 1;
    }
    await inbox.workbench.page.waitForTimeout(1000);
    moved += (await inbox.look()) === before ? 0 : 1;
  });
  return { moved, events };
}
