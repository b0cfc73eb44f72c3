import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { launchRequest } from '../model/launchRequest';
import { type GitHubRepository, repositoryName } from '../model/skillSpec';
import type { LaunchRequest } from '../oz/types';
import { plain } from '../platform/plainText';
import type { Repository } from '../platform/repository';
import { product } from '../product';
import { askText, back } from './askText';
import { chooseItem, type Item, separator } from './chooseItem';
import { type Note, noteWords } from './cloudNotes';
import { LaunchChoices, noEnvironment } from './launchChoices';
import { type Draft, firstDraft, type LastChoices, LaunchMemory } from './launchMemory';
import { push } from './pushBranch';
import { sendLaunch, type SendLaunchDeps } from './sendLaunch';

export interface LaunchSheetDeps extends SendLaunchDeps {
  catalog: Pick<Catalog, 'environments' | 'models'>;
  /** Of the workspace: the last answers and the drafts. */
  memento: vscode.Memento;
  /** Opens a read-only document; the name's extension says its language. */
  showText: (name: string, text: string) => Promise<void>;
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
  /** An earlier launch that this one begins as: what cannot be changed here is sent as it was. */
  like?: LaunchRequest;
  /** How this one will differ from that one. */
  remarks?: readonly string[];
}

type Row = 'launch' | 'environment' | 'model' | 'title' | 'typed' | 'preview' | 'push' | 'fact';

/**
 * The last step of every launch: Enter alone launches, the rows change what with, and below stands what the cloud sees.
 * `back` when a person wants to change what was typed before.
 */
export async function launchSheet(deps: LaunchSheetDeps, subject: LaunchSubject): Promise<typeof back | undefined> {
  const memory = new LaunchMemory(deps.memento);
  const { like } = subject;
  const draft = { ...memory.draft(subject.draftOf, firstDraft(like)) };
  const choices = new LaunchChoices({
    catalog: deps.catalog,
    last: like ? choicesOf(like) : memory.choices,
    repository: subject.place,
    needsRepository: subject.skill !== undefined && !like,
  });
  const keep = (): void => {
    memory.keep(subject.draftOf, draft);
  };
  let pushed = false;
  const request = (): LaunchRequest =>
    launchRequest({
      prompt: subject.prompt(draft.text),
      skill: subject.skill,
      title: draft.title || subject.defaultTitle,
      environment: choices.environment.id,
      model: choices.model.id,
      like,
    });
  for (;;) {
    const row = await chooseItem({
      title: subject.title,
      placeholder: vscode.l10n.t('Press Enter to launch'),
      ...(!subject.isTypedOptional && { step: 2, totalSteps: 2 }),
      canGoBack: !subject.isTypedOptional,
      items: () => rows(subject, draft, choices, pushed),
      isBusy: () => choices.isLoading,
      changed: choices.onDidChange,
      staysFor: ({ id }) => id === 'fact',
    });
    if (row === undefined || row === back) {
      return row;
    }
    const next =
      row.id === 'preview' ? await preview(deps, request(), like !== undefined) : (row.id as Row | undefined);
    switch (next) {
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
        await changeTyped(draft, keep);
        break;
      case 'push':
        pushed = (await push(subject.source)) || pushed;
        break;
      case 'launch': {
        const isOver = await sendLaunch(deps, request(), () => {
          if (!like) {
            memory.remember(choices.answers);
          }
          memory.keep(subject.draftOf, { text: '', title: '' });
        });
        if (isOver) {
          return undefined;
        }
        break;
      }
      case undefined:
        return undefined;
      case 'preview':
      case 'fact':
        break;
    }
  }
}

/**
 * Shows what is sent in an editor, without the sheet: that would cover the first lines. `launch` or, for the sheet again,
 * `preview`; undefined when a person wants neither: the draft is kept.
 */
async function preview(
  deps: LaunchSheetDeps,
  request: LaunchRequest,
  isLikeAnother: boolean,
): Promise<'launch' | 'preview' | undefined> {
  const { t } = vscode.l10n;
  const [launch, change] = [t('Launch'), t('Change…')];
  await deps.showText('Prompt.md', whatIsSent(request, isLikeAnother));
  const clicked = await vscode.window.showInformationMessage(t('This is what will be sent.'), launch, change);
  return clicked === launch ? 'launch' : clicked === change ? 'preview' : undefined;
}

/**
 * What a person reads before the click: the prompt as it is sent, and the skill's name where the service has its text. The
 * members that another launch had are nowhere else to be seen.
 */
function whatIsSent({ prompt, skill, ...rest }: LaunchRequest, isLikeAnother: boolean): string {
  const { t } = vscode.l10n;
  const others = isLikeAnother ? `${t('With this:')}\n\n\`\`\`json\n${JSON.stringify(rest, null, 2)}\n\`\`\`\n` : '';
  return [skill && t('Skill: {0}', skill), prompt, others].filter(Boolean).join('\n\n');
}

/** The environment and the model of another launch, by their ids until the lists are there. */
function choicesOf({ config = {} }: LaunchRequest): LastChoices {
  const { environment_id: environment, model_id: model } = config;
  return {
    environment: environment ? { id: environment, name: environment } : noEnvironment(),
    ...(model && { model: { id: model, name: model } }),
  };
}

function rows(subject: LaunchSubject, draft: Draft, choices: LaunchChoices, pushed: boolean): Item[] {
  const { t } = vscode.l10n;
  const row = (id: Row, label: string, description: string, detail?: string): Item => ({
    id,
    label,
    description,
    detail,
    alwaysShow: true,
  });
  const { source, isTypedOptional, defaultTitle } = subject;
  const notes = subject.notes.filter((note) => !(pushed && note === 'notPushed'));
  const prompt = subject.prompt(draft.text);
  const sentSize = prompt && t('{0} characters', prompt.length.toLocaleString(vscode.env.language));
  const withNote = (name: string, note: string | undefined): string =>
    note ? `${plain(name, 60)} · $(warning) ${note}` : plain(name, 60);
  const typedRow = row('typed', `$(edit) ${t('Extra Instructions')}`, plain(draft.text, 80) || t('none'));
  const facts = [
    ...(source ? [row('fact', `$(repo) ${placeWords(source)}`, whereWords(source))] : []),
    ...notes.map((note) => {
      const { label, detail } = noteWords(note, source);
      return row('fact', `$(warning) ${label}`, '', detail);
    }),
    ...(source?.push && notes.includes('notPushed')
      ? [row('push', `$(cloud-upload) ${t('Push First')}`, plain(source.branch ?? '', 60))]
      : []),
  ];
  const remarks = (subject.remarks ?? []).map((words) => row('fact', `$(warning) ${words}`, ''));
  return [
    row('launch', `$(rocket) ${t('Launch')}`, plain(subject.skill ?? (draft.text || defaultTitle), 80)),
    separator(t('With')),
    ...(isTypedOptional ? [typedRow] : []),
    row(
      'environment',
      `$(server-environment) ${t('Environment')}`,
      withNote(choices.environment.name, choices.environmentNote),
    ),
    row('model', `$(circuit-board) ${t('Model')}`, withNote(choices.model.name, choices.modelNote)),
    row('title', `$(tag) ${t('Title')}`, plain(draft.title || defaultTitle, 80) || t('{0} makes one', product.service)),
    row('preview', `$(eye) ${t('Show What Will Be Sent')}`, sentSize),
    ...(facts.length > 0 ? [separator(t('What the cloud sees')), ...facts] : []),
    ...(remarks.length > 0 ? [separator(t('Not as before')), ...remarks] : []),
  ];
}

function placeWords({ gitHub, path }: Repository): string {
  return plain(gitHub ? repositoryName(gitHub) : (path ?? vscode.l10n.t('This repository')), 80);
}

function whereWords({ branch, commit }: Repository): string {
  return [plain(branch ?? '', 60), commit?.slice(0, 8) ?? ''].filter(Boolean).join(' · ');
}

async function changeTitle(draft: Draft, keep: () => void): Promise<void> {
  const { t } = vscode.l10n;
  await askText({
    title: t('Title'),
    prompt: t('What the run is called in lists. Leave it empty to let {0} find a title.', product.service),
    placeholder: t('Title of the run'),
    value: draft.title,
    canGoBack: true,
    onChange: (value) => {
      draft.title = value.trim();
      keep();
    },
  });
}

async function changeTyped(draft: Draft, keep: () => void): Promise<void> {
  const { t } = vscode.l10n;
  await askText({
    title: t('Extra Instructions'),
    prompt: t('The agent is told this after the instructions of the skill.'),
    placeholder: t('For example: Only the files in src'),
    value: draft.text,
    canGoBack: true,
    onChange: (value) => {
      draft.text = value.trim();
      keep();
    },
  });
}
