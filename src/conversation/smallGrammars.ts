import type { HLJSApi, LanguageFn, Mode } from 'highlight.js';

/**
 * Grammars of languages that agents write less often. Colours that are right for comments, texts, numbers, keywords and names
 * are enough to read a page of code; the library's own grammars of these languages would take ten times the room.
 */
interface Traits {
  keywords: string;
  /** What begins a comment that goes on to the end of the line. */
  comment?: string;
  /** Comments between these. */
  between?: readonly [string, string];
  /** Keywords in any case. */
  anyCase?: true;
  /** Further modes, asked before the common ones. */
  more?: (hljs: HLJSApi) => Mode[];
}

function grammar({ keywords, comment = '//', between = ['/\\*', '\\*/'], anyCase, more }: Traits): LanguageFn {
  return (hljs) => ({
    case_insensitive: anyCase,
    keywords: { keyword: keywords.split(' '), literal: ['true', 'false', 'null', 'nil', 'undefined', 'None'] },
    contains: [
      ...(more?.(hljs) ?? []),
      ...(comment === '' ? [] : [hljs.COMMENT(comment, '$')]),
      hljs.COMMENT(between[0], between[1]),
      { scope: 'string', begin: /"""/, end: /"""/ },
      hljs.QUOTE_STRING_MODE,
      hljs.APOS_STRING_MODE,
      hljs.C_NUMBER_MODE,
      { scope: 'meta', begin: /^[ \t]*(?:#\w+|@[\w.]+)/ },
      ...(anyCase ? [] : [{ scope: 'type', begin: /(?<![.\w])[A-Z](?=\w*[a-z])\w*\b(?!\s*\()/ }]),
      { scope: 'title', begin: /\b(?!(?:if|for|while|switch|catch|return|in|and|or|not|values)\b)[A-Za-z_]\w*(?=\()/ },
    ],
  });
}

const c =
  'auto bool break case char class const constexpr continue default delete do double else enum explicit extern float for friend goto if inline int long namespace new nullptr operator private protected public return short signed sizeof static struct switch template this throw try catch typedef typename union unsigned using virtual void volatile while';
const java =
  'abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for if implements import instanceof int interface long native new package private protected public record return sealed short static super switch synchronized this throw throws transient try var void volatile while yield';
const sql =
  'add all alter and as asc begin between by case cascade check column commit concurrently constraint create cross database default delete desc distinct drop else end exists explain foreign from full function group having if in index inner insert into is join key left like limit not null offset on or order outer primary references returning right rollback schema select set table then transaction trigger truncate union unique update using values view when where with';

const variable: Mode = { scope: 'variable', begin: /\$\{?\w+\}?/ };

export const smallGrammars: Record<string, LanguageFn> = {
  c: grammar({ keywords: c }),
  csharp: grammar({
    keywords: `${java} async await base bool decimal delegate event foreach get in internal is lock namespace object out override params partial readonly ref set string struct unchecked unsafe using virtual where`,
  }),
  css: grammar({
    keywords: '',
    comment: '',
    more: (hljs) => [
      { scope: 'keyword', begin: /@[\w-]+|![a-z]+/ },
      { scope: 'attr', begin: /(?<![\w-])(?:--|\$)?[\w-]+(?=\s*:\s)/ },
      { scope: 'title', begin: /[.#&]-?[A-Za-z_][\w-]*|::?[a-z-]+/ },
      { scope: 'number', begin: /#[0-9a-f]{3,8}\b|-?\b\d+(?:\.\d+)?(?:%|[a-z]+)?/ },
      hljs.COMMENT('^[ \\t]*//', '$'),
    ],
  }),
  dockerfile: grammar({
    keywords:
      'add arg as cmd copy entrypoint env expose from healthcheck label onbuild run shell stopsignal user volume workdir',
    anyCase: true,
    comment: '#',
    between: ['(?!)', '(?!)'],
    more: () => [variable],
  }),
  graphql: grammar({
    keywords:
      'directive enum extend fragment implements input interface mutation on query scalar schema subscription type union',
    comment: '#',
    between: ['(?!)', '(?!)'],
    more: () => [variable, { scope: 'attr', begin: /\b\w+(?=\s*[:(])/ }],
  }),
  java: grammar({ keywords: java }),
  kotlin: grammar({
    keywords: `${java} as by companion data fun in init inline internal is it lateinit object open override reified suspend typealias val when where`,
  }),
  makefile: grammar({
    keywords: 'define else endef endif export ifdef ifeq ifndef ifneq include override',
    comment: '#',
    between: ['(?!)', '(?!)'],
    more: () => [
      { scope: 'variable', begin: /\$[({][^)}\n]*[)}]|\$[@<^?*]/ },
      { scope: 'title', begin: /^[\w./%-]+(?=\s*:(?!=))/ },
      { scope: 'attr', begin: /^\w+(?=\s*[:?+]?=)/ },
    ],
  }),
  markdown: () => ({
    contains: [
      { scope: 'section', begin: /^#{1,6} /, end: /$/ },
      { scope: 'code', begin: /^```/, end: /^```/ },
      { scope: 'code', begin: /`[^`\n]+`/ },
      { scope: 'bullet', begin: /^[ \t]*(?:[-*+]|\d+\.)(?= )/ },
      { scope: 'quote', begin: /^>/, end: /$/ },
      { scope: 'strong', begin: /\*\*[^*\n]+\*\*/ },
    ],
  }),
  php: grammar({
    keywords: `${java} and array as callable declare echo elseif empty endforeach endif endwhile fn foreach function global include isset list match mixed namespace or print readonly require self string trait unset use`,
    more: (hljs) => [variable, { scope: 'meta', begin: /<\?(?:php|=)?|\?>/ }, hljs.COMMENT('#(?!\\[)', '$')],
  }),
  powershell: grammar({
    keywords:
      'begin break catch class continue data do dynamicparam else elseif end enum exit filter finally for foreach function if in param process return switch throw trap try until using while',
    anyCase: true,
    comment: '#',
    between: ['<#', '#>'],
    more: () => [
      { scope: 'variable', begin: /\$[\w:]+/ },
      { scope: 'title', begin: /\b[A-Z][a-z]+-[A-Z]\w+/ },
      { scope: 'attr', begin: /(?<=\s)-[A-Za-z]\w*/ },
    ],
  }),
  ruby: grammar({
    keywords:
      'alias and attr_accessor attr_reader attr_writer begin break case class def do else elsif end ensure extend for if in include module next not or private protected raise redo require require_relative rescue retry return self super then undef unless until when while yield',
    comment: '#',
    between: ['^=begin', '^=end'],
    more: () => [
      { scope: 'symbol', begin: /(?<![:\w]):\w+[?!]?/ },
      { scope: 'variable', begin: /@@?\w+/ },
    ],
  }),
  sql: grammar({ keywords: sql, comment: '--', anyCase: true }),
  swift: grammar({
    keywords:
      'actor any as associatedtype async await break case catch class continue default defer deinit do else enum extension fallthrough fileprivate final for func get guard if import in init inout internal is lazy let mutating open operator override private protocol public repeat rethrows return self set some static struct subscript super switch throw throws try typealias unowned var weak where while',
  }),
};
