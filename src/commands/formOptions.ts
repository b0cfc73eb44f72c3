import * as vscode from 'vscode';
import type { Emitter } from '../model/emitter';
import type { LaunchOptions, OptionName } from '../model/launchOptions';
import type { NamedOption, NamedValue } from '../model/namedValue';
import type { ChangeForm } from '../model/scheduleFields';
import {
  type ScheduleForm,
  scheduleOptionNames,
  type ScheduleOptions,
  scheduleOptionsOf,
  unshownMembers,
  withIdentity,
  withMcpServers,
  withScheduleOption,
} from '../model/scheduleForm';
import type { Identity } from '../oz/types';
import { noLaunchSettings } from '../platform/launchSettings';
import { plain } from '../platform/plainText';
import { notAvailableWords } from './identityList';
import { ProblemWithFile, readMcpFile } from './launchContents';
import { ChosenOptions } from './launchMore/chosenOptions';
import { mcpOption } from './launchMore/mcpOption';
import type { OptionDeps, OptionKind } from './launchMore/optionKind';
import { optionKinds } from './launchMore/optionKinds';
import { LoadedList } from './loadedList';

type Change = (how: ChangeForm) => void;

/** The further options of a schedule's form: those of a launch that a schedule can have. */
export class FormOptions {
  readonly #deps: OptionDeps;
  readonly #changed: Emitter<undefined>;
  readonly #identities: LoadedList<Identity[]>;
  /** Names of identities that were chosen here: one may be newer than the list. */
  readonly #chosen = new Map<string, string>();

  /** @param changed told when more is known of a value */
  constructor(deps: OptionDeps, changed: Emitter<undefined>) {
    this.#deps = deps;
    this.#changed = changed;
    this.#identities = new LoadedList(
      () => deps.catalog.identities(),
      () => {
        changed.fire(undefined);
      },
    );
  }

  identity(uid: string): NamedValue {
    const { t } = vscode.l10n;
    const { value: list, hasFailed, isLoading } = this.#identities;
    if (!list && !hasFailed) {
      this.#identities.load();
    }
    const identity = list?.find((one) => one.uid === uid);
    const warnings = [
      list && !isLoading && !identity ? t('This identity is not there any more.') : '',
      identity && !identity.available ? notAvailableWords() : '',
    ];
    const name = identity?.name ?? this.#chosen.get(uid) ?? uid;
    return { name: plain(name, 80), warnings: warnings.filter(Boolean) };
  }

  /** A row for each option; last what is no option of a launch and stays as it is. */
  rows(form: ScheduleForm): NamedOption[] {
    const options = this.#optionsOf(form);
    const identity = options.identity?.id;
    const warnings = identity === undefined ? [] : this.identity(identity).warnings;
    const rows = this.#kinds(form).map((kind) => ({
      label: labelOf(kind),
      value: kind.name === 'mcpServers' ? plain(serverNames(form), 80) : (kind.value(options) ?? ''),
      warning: [kind.warning?.(options), ...(kind.name === 'identity' ? warnings : [])].filter(Boolean).join(' · '),
    }));
    const { t } = vscode.l10n;
    const mode: unknown = form.newer?.mode;
    const others = plain(unshownMembers(form).join(', '), 200);
    const fixed = [
      { label: t('Mode'), value: typeof mode === 'string' ? plain(mode, 80) : '' },
      { label: t('Also Set'), value: others && t('{0} (kept as it is)', others) },
    ].filter(({ value }) => value !== '');
    return [...rows, ...fixed.map((row): NamedOption => ({ ...row, warning: '', isFixed: true }))];
  }

  /** @param item the place of an option among `rows` */
  ask(item: number, form: ScheduleForm, change: Change): Promise<void> {
    return this.#ask(this.#kinds(form)[item], form, change);
  }

  askServers(form: ScheduleForm, change: Change): Promise<void> {
    return this.#ask(
      this.#kinds(form).find(({ name }) => name === 'mcpServers'),
      form,
      change,
    );
  }

  async #ask(kind: OptionKind | undefined, form: ScheduleForm, change: Change): Promise<void> {
    const settling: Promise<void>[] = [];
    let before = this.#optionsOf(form);
    const options = new ChosenOptions({
      chosen: {},
      keep: () => {
        const now = options.all;
        for (const name of scheduleOptionNames.filter((one) => now[one] !== before[one])) {
          settling.push(this.#set(name, now, change));
        }
        before = now;
      },
      given: before,
      settings: noLaunchSettings,
      last: {},
      lastWords: '',
      identities: () => Promise.resolve([]),
      changed: this.#changed,
    });
    await kind?.ask(options);
    await Promise.all(settling);
  }

  /** The servers are read now: the schedule has them, not the file. */
  async #set(name: keyof ScheduleOptions, options: ScheduleOptions, change: Change): Promise<void> {
    switch (name) {
      case 'mcpServers': {
        const source = options.mcpServers;
        if (!source) {
          change((form) => withMcpServers(form, undefined));
        } else if ('file' in source) {
          await this.#readServers(source.file, change);
        }
        return;
      }
      case 'identity': {
        const chosen = options.identity;
        if (chosen?.id !== undefined) {
          this.#chosen.set(chosen.id, chosen.name);
          // It may have been made just now.
          this.#identities.load();
        }
        change((form) => withIdentity(form, chosen?.id));
        return;
      }
      default: {
        const value = options[name];
        change((form) => withScheduleOption(form, name, value));
      }
    }
  }

  async #readServers(file: string, change: Change): Promise<void> {
    try {
      const { servers } = await readMcpFile(file);
      change((form) => withMcpServers(form, servers));
    } catch (error) {
      if (!(error instanceof ProblemWithFile)) {
        throw error;
      }
      // Not waited for: the form goes on without them.
      void error.show();
    }
  }

  #optionsOf(form: ScheduleForm): LaunchOptions {
    const { identity, ...others } = scheduleOptionsOf(form);
    return {
      ...others,
      ...(form.team !== undefined && { team: form.team }),
      ...(identity?.id !== undefined && { identity: { id: identity.id, name: this.identity(identity.id).name } }),
    };
  }

  #kinds({ config }: ScheduleForm): OptionKind[] {
    const names: readonly OptionName[] = scheduleOptionNames;
    return optionKinds(this.#deps)
      .filter(({ name }) => names.includes(name))
      .map((kind) => (kind.name === 'mcpServers' ? mcpOption(config.mcp_servers !== undefined, true) : kind));
  }
}

/** The schedule has a name of its own. */
function labelOf({ name, label }: OptionKind): string {
  return name === 'name' ? vscode.l10n.t('Name of the Runs') : label;
}

function serverNames({ config }: ScheduleForm): string {
  return Object.keys(config.mcp_servers ?? {}).join(', ');
}
