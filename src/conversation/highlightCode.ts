import hljs from 'highlight.js/lib/core';
import type { Emitter, LanguageFn } from 'highlight.js';
import bash from 'highlight.js/lib/languages/bash';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { visibleText } from '../platform/plainText';
import { smallGrammars } from './smallGrammars';
import type { ViewNode } from './viewNodes';

// A grammar is compiled by the library when its language is first met, not here.
const languages: Record<string, LanguageFn> = {
  bash,
  diff,
  go,
  ini,
  json,
  python,
  rust,
  typescript,
  xml,
  yaml,
  ...smallGrammars,
};

/** What people write instead of a language's name, and the endings of file names. */
const aliases: Record<string, string> = {
  'c++': 'c',
  'c#': 'csharp',
  cc: 'c',
  console: 'bash',
  containerfile: 'dockerfile',
  cpp: 'c',
  cs: 'csharp',
  gql: 'graphql',
  gradle: 'kotlin',
  h: 'c',
  hpp: 'c',
  htm: 'xml',
  html: 'xml',
  javascript: 'typescript',
  js: 'typescript',
  jsonc: 'json',
  jsx: 'typescript',
  kt: 'kotlin',
  kts: 'kotlin',
  less: 'css',
  md: 'markdown',
  mjs: 'typescript',
  cjs: 'typescript',
  cts: 'typescript',
  m: 'c',
  mk: 'makefile',
  mts: 'typescript',
  patch: 'diff',
  postgres: 'sql',
  postgresql: 'sql',
  ps1: 'powershell',
  pwsh: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  scss: 'css',
  sh: 'bash',
  shell: 'bash',
  shellsession: 'bash',
  svg: 'xml',
  svelte: 'xml',
  tf: 'ini',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  vue: 'xml',
  yml: 'yaml',
  zsh: 'bash',
};

/** The library's scopes, first part, by the class that the style sheet colours. */
const classes: Record<string, string> = {
  addition: 'added',
  attr: 'variable',
  attribute: 'variable',
  built_in: 'type',
  bullet: 'number',
  char: 'string',
  code: 'string',
  comment: 'comment',
  deletion: 'removed',
  doctag: 'comment',
  keyword: 'keyword',
  literal: 'keyword',
  meta: 'comment',
  name: 'keyword',
  number: 'number',
  property: 'variable',
  quote: 'comment',
  regexp: 'string',
  section: 'function',
  strong: 'bold',
  string: 'string',
  symbol: 'number',
  tag: 'keyword',
  title: 'function',
  type: 'type',
  variable: 'variable',
};

/** Longer code is shown without colours: a person scrolls past it, and colouring costs about 1 ms for each 2,000 characters. */
const longest = 20_000;

/** No name or gap is as long. The library's grammars take up to a second for one of 20,000 characters: each looks at it from each of them. */
const longestRun = /[\w$.-]{500}|\s{500}/;

/** Builds nodes where the library would build HTML. */
class NodeEmitter implements Emitter {
  readonly nodes: ViewNode[] = [];
  readonly #open: ViewNode[][] = [this.nodes];
  readonly #classes: string[] = [];

  addText(text: string): void {
    const siblings = this.#open.at(-1);
    const last = siblings?.at(-1);
    if (typeof last === 'string') {
      siblings?.splice(-1, 1, last + visibleText(text));
    } else {
      siblings?.push(visibleText(text));
    }
  }

  // The library calls the same two by these names, which its types leave out.
  openNode(name: string): void {
    this.startScope(name);
  }

  closeNode(): void {
    this.endScope();
  }

  startScope(name: string): void {
    this.#open.push([]);
    this.#classes.push(classes[/^\w*/.exec(name)?.[0] ?? ''] ?? '');
  }

  endScope(): void {
    const children = this.#open.pop() ?? [];
    const name = this.#classes.pop() ?? '';
    this.#open.at(-1)?.push(...(name === '' ? children : ([['span', name, ...children]] as const)));
  }

  __addSublanguage(emitter: Emitter): void {
    if (emitter instanceof NodeEmitter) {
      this.#open.at(-1)?.push(...emitter.nodes);
    }
  }

  finalize(): void {
    while (this.#open.length > 1) {
      this.endScope();
    }
  }

  toHTML(): string {
    return '';
  }
}

let prepared = false;

function prepare(): void {
  if (!prepared) {
    prepared = true;
    hljs.configure({ __emitter: NodeEmitter });
    for (const [name, language] of Object.entries(languages)) {
      hljs.registerLanguage(name, language);
    }
  }
}

let isColouring = true;

/** What is made meanwhile has the same text without colours, which take most of the time: nobody looks at it. */
export function withoutColours<T>(make: () => T): T {
  isColouring = false;
  try {
    return make();
  } finally {
    isColouring = true;
  }
}

/** Code as nodes, coloured when the language is known and the code is not too long. */
export function highlightCode(code: string, language: string): ViewNode[] {
  if (!isColouring) {
    return [visibleText(code)];
  }
  const asked = language.toLowerCase();
  const name = Object.hasOwn(languages, asked) ? asked : Object.hasOwn(aliases, asked) ? aliases[asked] : undefined;
  if (!name || code.length > longest || longestRun.test(code)) {
    return [visibleText(code)];
  }
  prepare();
  const result = hljs.highlight(code, { language: name, ignoreIllegals: true });
  // After an error in a grammar the library answers with what it had by then.
  return result._emitter instanceof NodeEmitter && !result.errorRaised ? result._emitter.nodes : [visibleText(code)];
}

/** The language of a file by its name's ending, for `highlightCode`. */
export function languageOfFile(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('.')) + 1).toLowerCase();
}
