import type { Act, Category, Script } from '../script';

export type Json = Record<string, unknown>;

/** One action with what came of it. */
export function act(
  script: Script,
  category: Category,
  name: string,
  input: Json,
  output?: Json,
  rest: Partial<Act> = {},
): void {
  script.act({ category, name, input, ...(output && { output }), takes: 3, ...rest });
}
