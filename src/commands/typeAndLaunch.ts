import * as vscode from 'vscode';
import { askText, back } from './askText';
import { type Draft, firstDraft, LaunchMemory } from './launchMemory';
import { writeInEditor } from './launchMore/writeInEditor';
import { launchSheet, type LaunchSheetDeps, type LaunchSubject } from './launchSheet';

/** What a launch is about that a person is asked what to do for first. */
export type LaunchQuestion = Pick<
  LaunchSubject,
  'title' | 'draftOf' | 'like' | 'remarks' | 'options' | 'attachments'
> & {
  /** What the box begins with, unless a draft was kept. */
  words?: string;
};

/** What else it is about, which may take a while to find out. */
export type LaunchFacts = Pick<LaunchSubject, 'prompt' | 'place' | 'source' | 'notes' | 'changeSource'>;

/** Asks what to do, then shows the launch sheet; Back leads from there to the question. */
export async function typeAndLaunch(
  deps: LaunchSheetDeps,
  { words, attachments: files, ...about }: LaunchQuestion,
  question: string,
  rest: () => Promise<LaunchFacts>,
): Promise<void> {
  const { t } = vscode.l10n;
  const memory = new LaunchMemory(deps.memento);
  deps.previewButtons.end(about.draftOf);
  const first = words === undefined ? firstDraft(about.like) : { text: words, title: '' };
  const draft = (): Draft => memory.draft(about.draftOf, first);
  // Git may take its time while a person types.
  const facts = rest();
  let attachments = files;
  for (;;) {
    const onChange = (text: string): void => {
      memory.keep(about.draftOf, { ...draft(), text });
    };
    const typed = await askText({
      title: about.title,
      prompt: question,
      placeholder: t('For example: Fix the failing test and open a pull request'),
      value: draft().text,
      emptyComplaint: t('Say what the agent should do.'),
      step: 1,
      totalSteps: 2,
      writeInEditor: (text) =>
        writeInEditor(deps.draftsFolder, {
          name: t('Prompt'),
          text,
          words: t('Write the prompt, then save or close it to go on.'),
          onChange,
        }),
      onChange,
    });
    if (typed === undefined || typed === back) {
      return;
    }
    if (typed === '') {
      // An editor may be left empty.
      continue;
    }
    onChange(typed);
    const subject = { ...about, attachments, ...(await facts), isTypedOptional: false, defaultTitle: '' };
    // From now on they are in the draft, as a person changes them.
    attachments = undefined;
    if ((await launchSheet(deps, subject)) !== back) {
      return;
    }
  }
}
