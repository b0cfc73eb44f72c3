/** A text of JSON with what editors allow beyond it, comments and trailing commas; or where it is wrong, in UTF-16 units. */
export type JsonText = { value: unknown } | { wrongAt: number };

/** Deeper texts are wrong: nobody writes them by hand. */
const deepest = 100;

export function readJsonText(text: string): JsonText {
  const reader = new Reader(text);
  try {
    return { value: reader.whole() };
  } catch (error) {
    if (error instanceof WrongJson) {
      return { wrongAt: error.at };
    }
    throw error;
  }
}

class WrongJson extends Error {
  constructor(readonly at: number) {
    super('This is not JSON.');
  }
}

const blank = /(?:[\s\uFEFF]|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const textToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const otherToken = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): unknown {
    const value = this.#value(0);
    this.#skip();
    return this.#at === this.#text.length ? value : this.#wrong();
  }

  #value(depth: number): unknown {
    this.#skip();
    if (depth > deepest) {
      return this.#wrong();
    }
    if (this.#has('{')) {
      // Like `JSON.parse`: a member of any name is a member, `__proto__` too.
      return Object.fromEntries(this.#listed('}', () => this.#member(depth)));
    }
    if (this.#has('[')) {
      return this.#listed(']', () => this.#value(depth + 1));
    }
    return JSON.parse(this.#token(textToken) ?? this.#token(otherToken) ?? this.#wrong());
  }

  #member(depth: number): [string, unknown] {
    const name = JSON.parse(this.#token(textToken) ?? this.#wrong()) as string;
    this.#skip();
    return this.#has(':') ? [name, this.#value(depth + 1)] : this.#wrong();
  }

  /** What stands between commas, up to the end. The comma after the last one is optional. */
  #listed<T>(end: string, one: () => T): T[] {
    const found: T[] = [];
    for (;;) {
      this.#skip();
      if (this.#has(end)) {
        return found;
      }
      found.push(one());
      this.#skip();
      if (!this.#has(',') && this.#text[this.#at] !== end) {
        return this.#wrong();
      }
    }
  }

  #skip(): void {
    this.#token(blank);
  }

  #has(character: string): boolean {
    const isThere = this.#text[this.#at] === character;
    this.#at += isThere ? 1 : 0;
    return isThere;
  }

  #token(kind: RegExp): string | undefined {
    kind.lastIndex = this.#at;
    const token = kind.exec(this.#text)?.[0];
    this.#at += token?.length ?? 0;
    return token;
  }

  #wrong(): never {
    throw new WrongJson(this.#at);
  }
}
