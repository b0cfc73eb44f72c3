import type { LaunchOptions, OptionName } from './launchOptions';

/** Answers of one origin. Null: deliberately none, whatever the layers below say. */
export type OptionLayer = { [K in OptionName]?: LaunchOptions[K] | null };

/** What holds for each option: the answer of the first layer that has one. */
export function layered(layers: readonly OptionLayer[]): LaunchOptions {
  const answers = layers.toReversed().flatMap(answersOf);
  return Object.fromEntries(Object.entries(Object.fromEntries(answers)).filter(([, value]) => value !== null));
}

function answersOf(layer: OptionLayer): [string, unknown][] {
  return Object.entries<unknown>(layer).filter(([, value]) => value !== undefined);
}

/** The place of the layer that answers, or -1. */
export function layerOf(layers: readonly OptionLayer[], name: OptionName): number {
  return layers.findIndex((layer) => layer[name] !== undefined);
}

/**
 * Where and as whom runs work is mostly the same each time. All else is about one launch: what it is told, what it may reach,
 * who may look on. The next one does not begin with that unseen.
 */
const ofEveryLaunch: readonly OptionName[] = [
  'team',
  'identity',
  'workerHost',
  'harness',
  'harnessModel',
  'harnessReasoning',
  'harnessSecret',
];

/** What is remembered after a launch: the answers before with what was answered now. */
export function rememberedOptions(before: OptionLayer, now: OptionLayer): LaunchOptions {
  const all = layered([now, before]);
  return Object.fromEntries(Object.entries(all).filter(([name]) => ofEveryLaunch.includes(name as OptionName)));
}

/**
 * The one that a person names in words: by its id, or by its name in whatever letters. Undefined where there is none, or
 * where several have that name.
 */
export function namedItem<T>(
  items: readonly T[],
  words: string,
  idOf: (item: T) => string,
  nameOf: (item: T) => string,
): T | undefined {
  const folded = (text: string): string => text.trim().toLowerCase();
  const byId = items.find((item) => idOf(item) === words) ?? items.find((item) => folded(idOf(item)) === folded(words));
  const byName = items.filter((item) => folded(nameOf(item)) === folded(words));
  return byId ?? (byName.length === 1 ? byName[0] : undefined);
}
