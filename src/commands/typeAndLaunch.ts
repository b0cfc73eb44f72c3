import * as vscode from 'vscode';
import { askText, back } from './askText';
import { type Draft, firstDraft, LaunchMemory } from './launchMemory';
import { launchSheet, type LaunchSheetDeps, type LaunchSubject } from './launchSheet';

/** Asks what to do, then shows the launch sheet; Back leads from there to the question. */
export async function typeAndLaunch(
  deps: LaunchSheetDeps,
  about: Pick<LaunchSubject, 'title' | 'draftOf' | 'like' | 'remarks'>,
  question: string,
  rest: () => Promise<Pick<LaunchSubject, 'prompt' | 'place' | 'source' | 'notes'>>,
): Promise<void> {
  const { t } = vscode.l10n;
  const memory = new LaunchMemory(deps.memento);
  const draft = (): Draft => memory.draft(about.draftOf, firstDraft(about.like));
  // Git may take its time while a person types.
  const facts = rest();
  for (;;) {
    const typed = await askText({
      title: about.title,
      prompt: question,
      placeholder: t('For example: Fix the failing test and open a pull request'),
      value: draft().text,
      emptyComplaint: t('Say what the agent should do.'),
      step: 1,
      totalSteps: 2,
      onChange: (text) => {
        memory.keep(about.draftOf, { ...draft(), text });
      },
    });
    if (typed === undefined || typed === back) {
      return;
    }
    memory.keep(about.draftOf, { ...draft(), text: typed });
    const subject = { ...about, ...(await facts), isTypedOptional: false, defaultTitle: '' };
    if ((await launchSheet(deps, subject)) !== back) {
      return;
    }
  }
}
