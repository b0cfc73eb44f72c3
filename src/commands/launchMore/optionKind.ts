import * as vscode from 'vscode';
import type { LaunchOptions, OptionName } from '../../model/launchOptions';
import { plain } from '../../platform/plainText';
import { askText, back } from '../askText';
import type { ChooseIdentityDeps } from '../chooseIdentity';
import { chooseItem, type Item } from '../chooseItem';
import type { ProblemWithFile } from '../launchContents';
import type { KnownRuns } from '../pickRun';
import type { ChosenOptions } from './chosenOptions';

export interface OptionDeps extends ChooseIdentityDeps {
  runs: KnownRuns;
  webUrl: () => string;
  baseUrl: () => string;
  /** Longer texts are written in files there. */
  draftsFolder: vscode.Uri;
}

/** An option of a launch: its row in the sheet, and how a person sets it. */
export interface OptionKind {
  name: OptionName;
  /** A codicon. */
  icon: string;
  label: string;
  /** What is set, safe to show; undefined when it is not set. */
  value: (options: LaunchOptions) => string | undefined;
  /** What makes it useless beside the others. */
  warning?: (options: LaunchOptions) => string | undefined;
  /** Looks anew at what `warning` goes by outside of the launch; undefined when there is nothing. Never rejects. */
  look?: (options: LaunchOptions) => Promise<void> | undefined;
  /** False where nothing would come of it: it is not offered then, but what is set is shown. */
  fits?: (options: LaunchOptions) => boolean;
  /** @param problem why nothing was launched, where that is why a person is asked */
  ask: (options: ChosenOptions, problem?: ProblemWithFile) => Promise<void>;
}

type TextName = { [K in OptionName]-?: LaunchOptions[K] extends string | undefined ? K : never }[OptionName];

/** An option that is one line of text. */
export function textOption(
  kind: Pick<OptionKind, 'icon' | 'label' | 'warning' | 'fits'> & {
    name: TextName;
    prompt: string;
    placeholder: string;
  },
): OptionKind {
  const { name, label, prompt, placeholder } = kind;
  return {
    ...kind,
    value: (options) => options[name] && plain(options[name], 80),
    ask: async (options) => {
      await askText({
        title: label,
        prompt,
        placeholder,
        value: options.all[name] ?? '',
        canGoBack: true,
        onChange: (text) => {
          options.set(name, text.trim() || undefined);
        },
      });
    },
  };
}

export interface OfferedValue<T> {
  /** Undefined takes the option away. */
  value: T | undefined;
  label: string;
  detail?: string;
}

/** An option with a few values to choose from. */
export function choiceOption<K extends 'team' | 'computerUse' | 'sharing' | 'interactive'>(
  kind: Pick<OptionKind, 'icon' | 'label' | 'warning'> & {
    name: K;
    placeholder: string;
    offered: readonly OfferedValue<LaunchOptions[K]>[];
  },
): OptionKind {
  const { name, label, placeholder, offered } = kind;
  return {
    ...kind,
    value: (options) => {
      const value = options[name];
      return value === undefined
        ? undefined
        : (offered.find((one) => one.value === value)?.label ?? plain(String(value), 60));
    },
    ask: async (options) => {
      const chosen = await chooseOne(label, placeholder, offered, options.all[name]);
      if (chosen) {
        options.set(name, chosen.value);
      }
    },
  };
}

/** One of a few values; undefined when the list was left without a choice. */
export async function chooseOne<T>(
  title: string,
  placeholder: string,
  offered: readonly OfferedValue<T>[],
  current: T | undefined,
): Promise<OfferedValue<T> | undefined> {
  const active = offered.findIndex(({ value }) => value === current);
  const picked = await chooseItem<Item>({
    title,
    placeholder,
    canGoBack: true,
    activeId: String(Math.max(0, active)),
    items: () =>
      offered.map(({ label, detail }, index) => ({
        id: String(index),
        label,
        detail,
        description: index === active ? vscode.l10n.t('now') : '',
      })),
  });
  return picked && picked !== back ? offered[Number(picked.id)] : undefined;
}
