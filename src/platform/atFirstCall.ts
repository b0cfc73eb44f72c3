/** The methods of T that answer with a promise. */
export type Asynchronous<T> = {
  [Name in keyof T as T[Name] extends (...args: never[]) => Promise<unknown> ? Name : never]: T[Name];
};

/** The same promise for every call; after a failure the next call tries again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
}

/** Stands for an object whose code is loaded when the first of its asynchronous methods is called. */
export function atFirstCall<T extends object>(load: () => Promise<T>): Asynchronous<T> {
  return new Proxy({} as Asynchronous<T>, {
    get:
      (_target, name) =>
      async (...args: unknown[]) => {
        const object = await load();
        const method = Reflect.get(object, name) as (...args: unknown[]) => unknown;
        return method.apply(object, args);
      },
  });
}
