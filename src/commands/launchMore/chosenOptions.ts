import type { Emitter } from '../../model/emitter';
import { harnesses, type LaunchOptions, type OptionName } from '../../model/launchOptions';
import { layered, layerOf, namedItem, type OptionLayer } from '../../model/optionLayers';
import type { Identity } from '../../oz/types';
import type { LaunchSettings } from '../../platform/launchSettings';
import { product } from '../../product';
import { fromSettings, unknownSetting } from '../launchAnswer';
import type { LastChoices } from '../launchMemory';
import { LoadedList } from '../loadedList';

export interface ChosenOptionsParts {
  /** What was chosen for this launch before. */
  chosen: OptionLayer;
  /** Hears of every change, so that nothing is lost. */
  keep: (chosen: OptionLayer) => void;
  /** What the launch is about brings these along. */
  given: LaunchOptions;
  settings: Pick<LaunchSettings, 'identity' | 'harness' | 'name'>;
  last: LastChoices;
  /** What is said of what comes from `last`. */
  lastWords: string;
  identities: () => Promise<Identity[]>;
  /** Told when the identities were read that the settings may name. */
  changed: Emitter<undefined>;
}

const harnessNames: Partial<Record<string, string>> = {
  oz: product.service,
  claude: 'Claude Code',
  gemini: 'Gemini CLI',
  codex: 'Codex',
};

/** The options of one launch: chosen now, before the settings, before what was used last. */
export class ChosenOptions {
  readonly #parts: ChosenOptionsParts;
  readonly #identities: LoadedList<Identity[]>;
  #chosen: OptionLayer;

  constructor(parts: ChosenOptionsParts) {
    this.#parts = parts;
    this.#chosen = parts.chosen;
    this.#identities = new LoadedList(parts.identities, () => {
      parts.changed.fire(undefined);
    });
    if (parts.settings.identity) {
      this.#identities.load();
    }
  }

  get isLoading(): boolean {
    return this.#identities.isLoading;
  }

  get all(): LaunchOptions {
    return layered(this.#layers());
  }

  get chosen(): OptionLayer {
    return this.#chosen;
  }

  /** Where an option comes from, in words; empty where a person chose it here. */
  from(name: OptionName): string {
    return ['', '', fromSettings(), this.#parts.lastWords][layerOf(this.#layers(), name)] ?? '';
  }

  /** What a person should know of what the settings say. */
  settingNote(name: OptionName): string | undefined {
    const { settings } = this.#parts;
    const words = name === 'identity' ? settings.identity : name === 'harness' ? settings.harness : '';
    const isDecided = layerOf(this.#layers().slice(0, 2), name) >= 0;
    if (words === '' || isDecided || this.#fromSettings()[name] !== undefined) {
      return undefined;
    }
    const note = name === 'identity' ? this.#identities.note : undefined;
    return [unknownSetting(words), note].filter(Boolean).join(': ');
  }

  set<K extends OptionName>(name: K, value: LaunchOptions[K] | undefined): void {
    const others = Object.fromEntries(Object.entries(this.#chosen).filter(([other]) => other !== name));
    const isBelow = layerOf(this.#layers().slice(1), name) >= 0;
    // A deliberate none, where it would be something by itself.
    this.#chosen = { ...others, ...(value !== undefined ? { [name]: value } : isBelow && { [name]: null }) };
    this.#parts.keep(this.#chosen);
  }

  get isEmpty(): boolean {
    return Object.keys(this.all).length === 0;
  }

  /** Takes every option away, whatever it comes from. */
  clear(): void {
    const names = this.#layers().flatMap((layer) => Object.keys(layer));
    this.#chosen = Object.fromEntries(names.map((name) => [name, null]));
    this.#parts.keep(this.#chosen);
  }

  /** What the settings' words for the identity stood for, to be known at once the next time. */
  get namedIdentity(): LastChoices['named'] {
    const { settings } = this.#parts;
    const { identity } = this.#fromSettings();
    return identity ? { identity: { words: settings.identity, choice: identity } } : {};
  }

  #layers(): OptionLayer[] {
    const { given, last } = this.#parts;
    return [this.#chosen, given, this.#fromSettings(), last.options ?? {}];
  }

  #fromSettings(): OptionLayer {
    const { settings, last } = this.#parts;
    const list = this.#identities.value;
    const identity =
      list &&
      namedItem(
        list,
        settings.identity,
        ({ uid }) => uid,
        ({ name }) => name,
      );
    const before = last.named?.identity;
    const known = !list && before?.words === settings.identity ? before.choice : undefined;
    const harness = namedItem(harnesses, settings.harness, String, harnessName);
    return {
      ...(settings.name && { name: settings.name }),
      ...(harness && { harness }),
      ...(settings.identity && identity ? { identity: { id: identity.uid, name: identity.name } } : {}),
      ...(settings.identity && known && { identity: known }),
    };
  }
}

/** A harness as people call it. */
export function harnessName(harness: string): string {
  return (Object.hasOwn(harnessNames, harness) ? harnessNames[harness] : undefined) ?? harness;
}
