/** The same promise for every call; after a failure the next call tries again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
}

/** Commands by their names, whose code is loaded when the first of them is given. */
export function commandsAtFirstUse<Name extends string, Deps>(
  names: readonly Name[],
  load: () => Promise<Record<Name, (deps: Deps, argument?: unknown, selected?: unknown) => unknown>>,
  deps: Deps,
): Record<Name, (argument?: unknown, selected?: unknown) => unknown> {
  const command = (name: Name) => async (argument?: unknown, selected?: unknown) =>
    (await load())[name](deps, argument, selected);
  return Object.fromEntries(names.map((name) => [name, command(name)])) as Record<Name, ReturnType<typeof command>>;
}
