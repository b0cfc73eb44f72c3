const size = 64_000;

/** As many repetitions as a block of a message shows. */
function fill(piece: string): string {
  return piece.repeat(Math.floor(size / piece.length));
}

const rows = (count: number, row: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => row(index)).join('\n');

/**
 * Texts that make readers of Markdown slow, or their output huge or too deep, each as long as a block of a message can be.
 * Named by what they are made of.
 */
export const pathologicalMarkdown: Readonly<Record<string, string>> = {
  'quotes in quotes': `${fill('> ')}a`,
  'quotes that get deeper': rows(350, (depth) => `${'>'.repeat(depth)}a`),
  'lists in lists on one line': `${fill('- ')}a`,
  'lists in lists': rows(350, (depth) => `${' '.repeat(depth)}- a`),
  'lists in quotes': `${fill('> - ')}a`,
  'lists of lists': fill('1. a\n   - b\n'),
  'emphasis that never ends': fill('*a '),
  'emphasis of two kinds that never ends': fill('*a_ '),
  'emphasis in emphasis': `${'*'.repeat(size / 2)}a${'*'.repeat(size / 2)}`,
  'strong and emphasised': fill('**x* '),
  'struck through': fill('~~a'),
  'brackets that open': fill('['),
  'brackets in brackets': '['.repeat(size / 2) + ']'.repeat(size / 2),
  'links that never end': fill('[a]('),
  'links with titles that never end': fill('[a](b "'),
  'parentheses in a link': `[a](${'('.repeat(size)}`,
  'pictures that open': fill('!['),
  'runs of backticks': rows(350, (length) => '`'.repeat(length)),
  'code that never ends': fill('`a``'),
  'addresses of links': fill('[a]: b\n'),
  'a chain of addresses': fill('[a]: '),
  'an address over many lines': fill('[a\n'),
  'uses of one address': `[a]: /b\n\n${fill('[a] ')}`,
  'a table of many columns': `${'|a'.repeat(2000)}\n${'|-'.repeat(2000)}\n${'x\n'.repeat(25_000)}`,
  'a table of many rows': `|a|b|\n|-|-|\n${fill('|c|d|\n')}`,
  'a table with most cells missing': `${'|a'.repeat(100)}\n${'|-'.repeat(100)}\n${'x\n'.repeat(7000)}`,
  'tags that open': fill('<a '),
  'angles that open': fill('<'),
  'comments that never end': fill('<!--'),
  'links in angles': fill('<https://a.b>'),
  'bare links': fill('http://a.b '),
  'schemes alone': fill('http://'),
  'a link of many hosts': `http://${fill('a.')}`,
  entities: fill('&amp;'),
  'entities that never end': fill('&#'),
  backslashes: fill('\\'),
  headings: fill('# a\n'),
  'a heading of many lines': `${fill('a\n')}===`,
  'fences that open': fill('```a\n'),
  paragraphs: fill('a\n\n'),
  spaces: `${fill(' ')}a`,
  tabs: fill('\t'),
  'empty lines': fill('\n'),
  footnotes: fill('[^1]: a\n'),
  'characters without meaning': fill('\u0000'),
};
