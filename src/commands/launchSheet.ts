import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { Emitter } from '../model/emitter';
import type { LaunchOptions } from '../model/launchOptions';
import { launchRequest, titleOf } from '../model/launchRequest';
import { rememberedOptions } from '../model/optionLayers';
import type { GitHubRepository } from '../model/skillSpec';
import type { Clock } from '../oz/clock';
import type { LaunchRequest } from '../oz/types';
import { launchSettings, noLaunchSettings } from '../platform/launchSettings';
import type { Repository } from '../platform/repository';
import { back } from './askText';
import { attachmentsOf } from './attachments';
import { chooseItem, type Item, rendersWith } from './chooseItem';
import type { Note } from './cloudNotes';
import { LaunchChoices } from './launchChoices';
import { readContents } from './launchContents';
import { choicesOf, firstDraft, LaunchMemory } from './launchMemory';
import { ChosenOptions } from './launchMore/chosenOptions';
import type { OptionDeps } from './launchMore/optionKind';
import { optionKinds } from './launchMore/optionKinds';
import { isReadyToSend } from './launchReadiness';
import { firstFolded, type LaunchRow, launchRows } from './launchRows';
import { changeTitle, changeTyped } from './launchTexts';
import { previewLaunch, type PreviewDeps } from './previewLaunch';
import { push } from './pushBranch';
import { sendLaunch, type SendLaunchDeps } from './sendLaunch';

export interface LaunchSheetDeps extends SendLaunchDeps, OptionDeps, PreviewDeps {
  catalog: OptionDeps['catalog'] & Pick<Catalog, 'environments' | 'models' | 'refresh'>;
  clock: Pick<Clock, 'after'>;
  /** Of the workspace: the last answers and the drafts. */
  memento: vscode.Memento;
}

/** What a launch is about, before a person decides what with. */
export interface LaunchSubject {
  title: string;
  /** Names the draft: one is kept of each. */
  draftOf: string;
  /** `owner/repo:path/to/SKILL.md` */
  skill?: string;
  /** The whole prompt for what a person typed. */
  prompt: (typed: string) => string;
  /** What is typed is an addition: it is not asked for first but can be made in the sheet. */
  isTypedOptional: boolean;
  /** The title, unless a person gives one; empty lets the service make it. */
  defaultTitle: string;
  /** The repository that an environment had best have. */
  place: GitHubRepository | undefined;
  /** The repository that the launch is from, if that is shown. */
  source?: Repository;
  /** What the cloud does not see. */
  notes: readonly Note[];
  /** Asks for another remote of the repository; what of the launch is another then, undefined when nothing is. */
  changeSource?: () => Promise<Partial<LaunchSubject> | undefined>;
  /** An earlier launch that this one begins as: what cannot be changed here is sent as it was. */
  like?: LaunchRequest;
  /** What the launch begins with besides; a person may change it. */
  options?: LaunchOptions;
  /** Files to attach; a person may change them. */
  attachments?: readonly vscode.Uri[];
  /** How this one will differ from that one. */
  remarks?: readonly string[];
  /** It is sent without the sheet, unless there is something that a person should know first. */
  isAtOnce?: boolean;
}

/**
 * The last step of every launch: Enter alone launches, the rows change what with, and below stands what the cloud sees.
 * `back` when a person wants to change what was typed before.
 */
export async function launchSheet(deps: LaunchSheetDeps, about: LaunchSubject): Promise<typeof back | undefined> {
  let subject = about;
  deps.previewButtons.end(subject.draftOf);
  const { like } = subject;
  const memory = new LaunchMemory(deps.memento);
  const hasDraft = memory.hasDraft(subject.draftOf);
  const draft = { ...memory.draft(subject.draftOf, firstDraft(like)) };
  const keep = (): void => {
    memory.keep(subject.draftOf, draft);
  };
  const changed = new Emitter<undefined>();
  // A launch that is like another one is nothing but that: what launches begin with here is left out.
  const begin = like
    ? { last: choicesOf(like), lastWords: vscode.l10n.t('as before'), settings: noLaunchSettings }
    : { last: memory.choices, lastWords: vscode.l10n.t('used last'), settings: launchSettings() };
  const options = new ChosenOptions({
    ...begin,
    chosen: draft.options ?? {},
    keep: (chosen) => {
      draft.options = chosen;
      keep();
    },
    given: subject.options ?? {},
    identities: () => deps.catalog.identities(),
    changed,
  });
  if (subject.attachments) {
    const attachments = await attachmentsOf(subject.attachments);
    options.set('attachments', attachments.length > 0 ? attachments : undefined);
  }
  const choices = new LaunchChoices({
    ...begin,
    catalog: deps.catalog,
    repository: () => subject.place,
    canGoBack: true,
    needsRepository: subject.skill !== undefined && !like,
    hasPictures: () => options.all.attachments?.some(({ mimeType }) => mimeType.startsWith('image/')) ?? false,
    changed,
  });
  const kinds = optionKinds(deps, like);
  let [pushed, isUnfolded] = [false, false];
  /** Why there is a sheet although none was wanted. */
  let whyAsked = '';
  const readRequest = async (): Promise<LaunchRequest | undefined> => {
    const contents = await readContents(options.all, async (problem) => {
      await kinds.find(({ name }) => name === 'mcpServers')?.ask(options, problem);
    });
    return (
      contents &&
      launchRequest({
        prompt: subject.prompt(draft.text),
        skill: subject.skill,
        title: titleOf(draft, like) || subject.defaultTitle,
        environment: choices.environment.choice.id,
        model: choices.model.choice.id,
        options: options.all,
        contents,
        like,
      })
    );
  };
  const readyRequest = async (isSeen = true): Promise<LaunchRequest | undefined> => {
    if (await isReadyToSend({ choices, options, kinds, changed, isSeen })) {
      return readRequest();
    }
    whyAsked = choices.isKnown
      ? vscode.l10n.t('Look at what is marked.')
      : vscode.l10n.t('Not launched: choose what is not known yet.');
    return undefined;
  };
  const choose = (): Promise<LaunchRow | Item | typeof back | undefined> => {
    let typed = '';
    const stopTrying = choices.keepTrying(deps.clock);
    return chooseItem<LaunchRow>({
      title: subject.title,
      placeholder: whyAsked
        ? vscode.l10n.t('{0} Press Enter to launch', whyAsked)
        : vscode.l10n.t('Press Enter to launch, or type to find an option'),
      ...(!subject.isTypedOptional && { step: 2, totalSteps: 2 }),
      canGoBack: !subject.isTypedOptional,
      items: () => launchRows({ subject, draft, choices, options, kinds, pushed, isUnfolded, typed }),
      isBusy: () => choices.isLoading || options.isLoading,
      changed: rendersWith(changed),
      onType: (value) => {
        typed = value;
      },
      staysFor: ({ row }) => {
        if (row === 'clear') {
          options.clear();
          // Not what launches: Enter may be held down.
          return { activeId: 'environment' };
        }
        if (row !== 'more') {
          return row === 'fact';
        }
        isUnfolded = !isUnfolded;
        const activeId = isUnfolded ? firstFolded({ kinds, options }) : undefined;
        return activeId === undefined ? true : { activeId };
      },
    }).finally(stopTrying);
  };
  /** True when the launch is over, well or not. */
  const send = (request: LaunchRequest): Promise<boolean> => {
    const sent = { ...draft };
    const onLaunched = (): void => {
      if (!like) {
        const { named, ...answers } = choices.answers;
        memory.remember({
          ...answers,
          named: { ...named, ...options.namedIdentity },
          options: rememberedOptions(memory.choices.options ?? {}, options.chosen),
        });
      }
      memory.forget(subject.draftOf, sent);
    };
    const how = { isTyped: Boolean(draft.text || draft.title) };
    return sendLaunch(deps, request, onLaunched, undefined, how);
  };
  if (subject.isAtOnce && hasDraft) {
    // What was typed and not sent is never sent unseen.
    whyAsked = vscode.l10n.t('You have typed something for this.');
  } else if (subject.isAtOnce) {
    whyAsked = vscode.l10n.t('It was not launched.');
    const request = await readyRequest(false);
    if (request && (await send(request))) {
      return undefined;
    }
  }
  for (;;) {
    // Files may come and go while a person is elsewhere.
    for (const kind of kinds) {
      void kind.look?.(options.all)?.then(() => {
        changed.fire(undefined);
      });
    }
    const picked = await choose();
    if (picked === undefined || picked === back) {
      return picked;
    }
    if (!('row' in picked)) {
      continue;
    }
    switch (picked.row) {
      case 'environment':
        await choices.pickEnvironment();
        break;
      case 'model':
        await choices.pickModel();
        break;
      case 'title':
        await changeTitle(draft, keep);
        break;
      case 'typed':
        await changeTyped(draft, keep, deps.draftsFolder);
        break;
      case 'option':
        await picked.option?.ask(options);
        break;
      case 'source':
        subject = { ...subject, ...(await subject.changeSource?.()) };
        break;
      case 'push':
        pushed = (await push(subject.source)) || pushed;
        break;
      case 'preview':
      case 'launch': {
        const request = await readyRequest();
        const isShown = picked.row === 'preview';
        const next = request && isShown ? await previewLaunch(deps, request, subject.draftOf) : 'launch';
        if (request && next !== 'change' && (next === undefined || (await send(request)))) {
          return undefined;
        }
        break;
      }
      case 'more':
      case 'clear':
      case 'fact':
        break;
    }
  }
}
