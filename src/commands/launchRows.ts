import * as vscode from 'vscode';
import { titleOf } from '../model/launchRequest';
import { repositoryName } from '../model/skillSpec';
import { plain } from '../platform/plainText';
import type { Repository } from '../platform/repository';
import { product } from '../product';
import { type Item, separator } from './chooseItem';
import { noteWords } from './cloudNotes';
import type { Answer } from './launchAnswer';
import type { LaunchChoices } from './launchChoices';
import type { Draft } from './launchMemory';
import type { ChosenOptions } from './launchMore/chosenOptions';
import type { OptionKind } from './launchMore/optionKind';
import type { LaunchSubject } from './launchSheet';

export interface LaunchRow extends Item {
  row:
    | 'launch'
    | 'typed'
    | 'environment'
    | 'model'
    | 'title'
    | 'option'
    | 'clear'
    | 'more'
    | 'preview'
    | 'source'
    | 'push'
    | 'fact';
  /** What it is the row of, where it is one. */
  option?: OptionKind;
}

export interface LaunchRowsParts {
  subject: LaunchSubject;
  draft: Draft;
  choices: LaunchChoices;
  options: ChosenOptions;
  kinds: readonly OptionKind[];
  pushed: boolean;
  /** The options that are not set are shown too. */
  isUnfolded: boolean;
  /** What a person looks for: rows that have it, folded or not. */
  typed: string;
}

export function launchRows(parts: LaunchRowsParts): (LaunchRow | Item)[] {
  const { t } = vscode.l10n;
  const { subject, typed } = parts;
  const facts = cloudRows(parts);
  const remarks = (subject.remarks ?? []).map((words) => row('fact', `$(warning) ${words}`, ''));
  const rows = [
    row('launch', `$(rocket) ${t('Launch')}`, plain(subject.skill ?? (parts.draft.text || subject.defaultTitle), 80)),
    separator(t('Options')),
    ...withRows(parts),
    ...(facts.length > 0 ? [separator(t('What the cloud sees')), ...facts] : []),
    ...(remarks.length > 0 ? [separator(t('Not as before')), ...remarks] : []),
  ];
  const words = typed.trim().toLowerCase().split(/\s+/);
  const has = ({ label, description = '' }: Item): boolean =>
    words.every((word) => `${label.replace(/^\$\(.*?\)/, '')} ${description}`.toLowerCase().includes(word));
  return typed.trim() === '' ? rows : rows.filter((one) => one.kind !== vscode.QuickPickItemKind.Separator && has(one));
}

function row(kind: LaunchRow['row'], label: string, description: string, detail?: string): LaunchRow {
  return { id: kind, row: kind, label, description, detail, alwaysShow: true };
}

/** The first option that unfolding shows. */
export function firstFolded({ kinds, options }: Pick<LaunchRowsParts, 'kinds' | 'options'>): string | undefined {
  const kind = kinds.find((one) => !isSet(one, options) && isOffered(one, options));
  return kind && optionId(kind);
}

/** What is set is shown even where nothing comes of it. */
function isOffered(kind: OptionKind, options: ChosenOptions): boolean {
  return isSet(kind, options) || (kind.fits?.(options.all) ?? true);
}

function optionId({ name }: OptionKind): string {
  return `option ${name}`;
}

function withRows({ subject, draft, choices, options, kinds, isUnfolded, typed }: LaunchRowsParts): LaunchRow[] {
  const { t } = vscode.l10n;
  const { isTypedOptional, defaultTitle } = subject;
  const { environment, model } = choices;
  const title = plain(titleOf(draft, subject.like) || defaultTitle, 80) || t('{0} makes one', product.service);
  const offered = kinds.filter((kind) => isOffered(kind, options));
  const optionRows = offered.map((kind) => ({ shown: optionRow(kind, options), isSet: isSet(kind, options) }));
  const folded = optionRows.filter(({ isSet: is }) => !is);
  const isOpen = isUnfolded || typed.trim() !== '';
  const prompt = subject.prompt(draft.text);
  const sentSize = prompt && t('{0} characters', prompt.length.toLocaleString(vscode.env.language));
  const more = isUnfolded
    ? row('more', `$(chevron-up) ${t('Less')}`, t('hides what is not set'))
    : row('more', `$(ellipsis) ${t('More…')}`, plain(folded.map(({ shown }) => shown.option?.label).join(', '), 90));
  return [
    ...(isTypedOptional
      ? [row('typed', `$(edit) ${t('Extra Instructions')}`, plain(draft.text, 80) || t('none'))]
      : []),
    row('environment', `$(server-environment) ${t('Environment')}`, answerWords(environment)),
    row('model', `$(circuit-board) ${t('Model')}`, answerWords(model)),
    row('title', `$(tag) ${t('Title')}`, title),
    ...optionRows.filter(({ isSet: is }) => is || isOpen).map(({ shown }) => shown),
    ...(folded.length > 0 && typed.trim() === '' ? [more] : []),
    ...(options.isEmpty
      ? []
      : [row('clear', `$(clear-all) ${t('Take All Options Away')}`, t('environment, model and title stay'))]),
    row('preview', `$(eye) ${t('Show What Will Be Sent')}`, sentSize),
  ];
}

function isSet({ name, value }: OptionKind, options: ChosenOptions): boolean {
  return value(options.all) !== undefined || options.settingNote(name) !== undefined;
}

function optionRow(kind: OptionKind, options: ChosenOptions): LaunchRow {
  const { name, icon, label, value, warning } = kind;
  const words = value(options.all);
  const warnings = [warning?.(options.all), options.settingNote(name)].filter((one) => one !== undefined);
  const from = words === undefined ? '' : options.from(name);
  return {
    ...row('option', `$(${icon}) ${label}`, rowWords(words ?? vscode.l10n.t('not set'), from, warnings)),
    id: optionId(kind),
    option: kind,
  };
}

function answerWords({ choice, from, warnings }: Answer): string {
  return rowWords(plain(choice.name, 60), from, warnings);
}

function rowWords(value: string, from: string, warnings: readonly string[]): string {
  return [value, from, ...warnings.map((words) => `$(warning) ${words}`)].filter(Boolean).join(' · ');
}

/** What the cloud sees of the place that the launch is from. */
function cloudRows({ subject, pushed }: LaunchRowsParts): LaunchRow[] {
  const { t } = vscode.l10n;
  const { source, changeSource } = subject;
  const notes = subject.notes.filter((note) => !(pushed && note === 'notPushed'));
  return [
    ...(source ? [sourceRow(source, changeSource !== undefined)] : []),
    ...notes.map((note) => {
      const { label, detail, icon = 'warning' } = noteWords(note, source);
      return row('fact', `$(${icon}) ${label}`, '', detail);
    }),
    ...(source?.push && notes.includes('notPushed')
      ? [row('push', `$(cloud-upload) ${t('Push First')}`, plain(source.branch ?? '', 60))]
      : []),
  ];
}

/** A repository with several remotes on GitHub may be another one in the cloud: a fork, or what it was forked from. */
function sourceRow(source: Repository, canChange: boolean): LaunchRow {
  const { t } = vscode.l10n;
  const shown = [`$(repo) ${placeWords(source)}`, whereWords(source)] as const;
  const others = (source.otherRemotes ?? []).map(({ gitHub }) => repositoryName(gitHub)).join(', ');
  return canChange ? row('source', ...shown, t('Or another remote: {0}', plain(others, 120))) : row('fact', ...shown);
}

function placeWords({ gitHub, path }: Repository): string {
  return plain(gitHub ? repositoryName(gitHub) : (path ?? vscode.l10n.t('This repository')), 80);
}

function whereWords({ branch, commit }: Repository): string {
  return [plain(branch ?? '', 60), commit?.slice(0, 8) ?? ''].filter(Boolean).join(' · ');
}
