import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Links } from '../../../src/conversation/links';
import { allowedUrl } from '../../../src/conversation/linkNodes';
import { codeBlocks, markdownNodes } from '../../../src/conversation/markdown';
import { terminalNodes, terminalText } from '../../../src/conversation/terminalOutput';
import { toHtml } from '../../../src/conversation/viewHtml';
import {
  childrenOf,
  domAttributes,
  tags,
  textOf,
  type ViewElement,
  type ViewNode,
} from '../../../src/conversation/viewNodes';
import { pathologicalMarkdown } from './pathologicalMarkdown';
import { translate } from './samples';

function render(text: string, links = new Links()): ViewNode[] {
  return markdownNodes(text, { link: links.number, translate, of: 'm.0' });
}

function elements(nodes: readonly ViewNode[]): ViewElement[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...elements(childrenOf(node))]));
}

const outline = (nodes: readonly ViewNode[]): string =>
  elements(nodes)
    .map(([tag]) => tag)
    .join(' ');
const shown = (nodes: readonly ViewNode[]): string => nodes.map(textOf).join('');

/** What has run in some Markdown renderer or sanitiser. */
const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<!--><img src=x onerror=alert(1)>-->',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java&#115;cript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:msgbox(1))',
  '[x](file:///etc/passwd)',
  '[x](command:workbench.action.terminal.sendSequence)',
  '[x](vscode://extension/x)',
  '[x](vscode-webview://x)',
  '[x](//evil.example)',
  '[x](\\\\evil.example\\share)',
  '[x](https://user:password@evil.example)',
  '[x](https://github.com@evil.example/)',
  '![x](javascript:alert(1))',
  '![x](https://evil.example/"onerror="alert(1))',
  '[x](https://e.example/" onmouseover="alert(1))',
  '<javascript:alert(1)>',
  '<https://e.example/"onmouseover="alert(1)>',
  '[a]: javascript:alert(1)\n\n[a]',
  '```"><img src=x onerror=alert(1)>\ncode\n```',
  '| <img src=x onerror=alert(1)> |\n|-|\n| x |',
  '[![x](javascript:alert(1))](javascript:alert(2))',
  '\u0000<script>alert(1)</script>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '`<script>alert(1)</script>`',
];

describe('Markdown as nodes', () => {
  it('makes what people write', () => {
    assert.equal(outline(render('# A\n\n*b* **c** ~~d~~ `e`\n\n---\n\n> q')), 'h3 p em strong s code hr blockquote p');
    assert.equal(outline(render('1. a\n2. b\n\n- c')), 'ol li li ul li');
    assert.equal(outline(render('|a|b|\n|-|-:|\n|1|2|')), 'div table thead tr th th tbody tr td td');
  });

  it('keeps the first number of a list', () => {
    const [list] = elements(render('4. a\n5. b'));
    assert.deepEqual(list && domAttributes(list[1]), [['start', '4']]);
  });

  it('turns tasks into check marks with a name', () => {
    const marks = elements(render('- [x] a\n- [ ] b\n\n\n- [X] c\n\n  more')).filter(
      ([, attributes]) => typeof attributes === 'object' && attributes.role === 'img',
    );
    assert.deepEqual(
      marks.map(([, attributes]) => (typeof attributes === 'object' ? attributes.label : '')),
      ['Done', 'To do', 'Done'],
    );
    assert.match(shown(render('- [x] a')), /^a$/);
  });

  it('colours code of known languages without changing a character of it', () => {
    const code = 'const a = `${1}`; // <b>&amp;\n';
    for (const language of ['ts', 'python', 'sh', 'html', 'unheard-of', '']) {
      const nodes = render(`~~~${language}\n${code}~~~`);
      assert.equal(shown(nodes), code.trimEnd());
    }
    assert.ok(outline(render(`~~~ts\n${code}~~~`)).includes('span'));
  });

  it('has its code blocks in the order in which they are numbered', () => {
    const text = '```\none\n```\n\n- x\n\n  ```ts\n  two\n  ```\n\n      not code';
    const items = elements(render(text)).flatMap(([, attributes]) =>
      typeof attributes === 'object' && attributes.name === 'code' ? [attributes.item] : [],
    );
    assert.deepEqual(
      items,
      codeBlocks(text).map((_, index) => index),
    );
    assert.equal(codeBlocks(text)[1], 'two\n');
  });

  it('keeps line breaks where they are asked for', () => {
    assert.equal(outline(markdownNodes('a\nb', { link: () => 0, translate, breaks: true })), 'p br');
    assert.equal(outline(render('a\nb')), 'p');
  });

  describe('links', () => {
    it('lead to web pages and mail addresses only', () => {
      assert.equal(allowedUrl('https://e.example/a?b#c'), 'https://e.example/a?b#c');
      assert.equal(allowedUrl('HTTP://e.example'), 'http://e.example/');
      assert.equal(allowedUrl('mailto:a@b.example'), 'mailto:a@b.example');
      for (const url of [
        'javascript:alert(1)',
        'command:x',
        'file:///x',
        'vscode:x',
        '//x',
        'x',
        '',
        'https://u:p@x.example',
        'ftp://x',
      ]) {
        assert.equal(allowedUrl(url), undefined, url);
      }
    });

    it('are numbers on the page', () => {
      const links = new Links();
      const html = render('[a](https://e.example/1) <https://e.example/2> https://e.example/1', links)
        .map(toHtml)
        .join('');
      assert.deepEqual(
        [...html.matchAll(/data-item="(\d+)"/g)].map((match) => links.at(Number(match[1]))),
        ['https://e.example/1', 'https://e.example/2', 'https://e.example/1'],
      );
      assert.doesNotMatch(html, /href/);
    });

    it('show where they lead when their text is another', () => {
      const described = (text: string) =>
        elements(render(text)).flatMap(([, attributes]) =>
          typeof attributes === 'object' && attributes.role === 'link' ? [attributes.description] : [],
        );
      assert.deepEqual(described('[docs](https://e.example/)'), ['https://e.example/']);
      assert.deepEqual(described('<https://e.example/>'), [undefined]);
    });

    it('name the host beside a text that reads as another address', () => {
      assert.match(shown(render('[github.com](https://evil.example)')), /evil\.example/);
      assert.match(shown(render('[https://github.com/x](https://evil.example)')), /evil\.example/);
      assert.doesNotMatch(shown(render('[the docs](https://evil.example)')), /evil/);
      assert.doesNotMatch(shown(render('[github.com](https://github.com/x)')), /\(/);
    });

    it('to files of the repository are their text', () => {
      assert.equal(outline(render('[a](src/a.ts)')), 'p');
      assert.equal(shown(render('[a](src/a.ts)')), 'a');
    });
  });

  it('shows pictures as what they are called', () => {
    assert.equal(outline(render('![a cat](https://e.example/cat.png)')), 'p a span');
    assert.equal(shown(render('![a cat](https://e.example/cat.png)')), 'a cat');
    assert.equal(outline(render('[![cat](https://e.example/a.png)](https://e.example/)')), 'p a span');
  });

  describe('of attackers', () => {
    for (const attack of attacks) {
      it(`is inert: ${JSON.stringify(attack)}`, () => {
        const links = new Links();
        const nodes = render(attack, links);
        for (const [tag, attributes] of elements(nodes)) {
          assert.ok(tags.includes(tag));
          for (const [name] of domAttributes(attributes)) {
            assert.doesNotMatch(name, /^(?:on|href|src|style|formaction|action|xlink)/);
          }
        }
        for (let number = 0; links.at(number) !== undefined; number++) {
          assert.match(links.at(number) ?? '', /^(?:https?|mailto):/);
        }
        const html = nodes.map(toHtml).join('');
        assert.doesNotMatch(html.replace(/<\/?(?:[a-z]+[1-6]?)(?: [a-z-]+="[^"<>]*")*>/g, ''), /[<>]/);
      });
    }
  });

  describe('of texts that make readers slow', () => {
    const count = (nodes: readonly ViewNode[]): number =>
      nodes.length + elements(nodes).reduce((sum, node) => sum + childrenOf(node).length, 0);
    const depth = (node: ViewNode): number =>
      typeof node === 'string' ? 0 : 1 + childrenOf(node).reduce((most, child) => Math.max(most, depth(child)), 0);

    for (const [name, text] of Object.entries(pathologicalMarkdown)) {
      it(`is bounded: ${name}`, () => {
        const nodes = render(text);
        assert.ok(count(nodes) < 20_000);
        assert.ok(nodes.every((node) => depth(node) < 80));
      });
    }

    it('never shows less than was written', () => {
      assert.equal(shown(render('['.repeat(20_000))), '['.repeat(20_000));
    });
  });

  it('has headings below those of the page, none of them skipped', () => {
    const levels = (text: string): string => outline(render(text)).replaceAll(/ ?\bp\b/g, '');
    assert.equal(levels('# a\n\n### b\n\n#### c\n\n## d\n\n# e'), 'h3 h4 h5 h4 h3');
    assert.equal(levels('#### a\n\n## b\n\n### c'), 'h3 h3 h4');
    assert.equal(levels('# a\n\n## b\n\n### c\n\n#### d\n\n##### e'), 'h3 h4 h5 h6 h6');
  });

  it('keeps footnotes as they are written', () => {
    assert.equal(
      shown(render('a[^1]\n\n[^1]: note\n[^2]: https://e.example')),
      'a[^1][^1]: note[^2]: https://e.example',
    );
  });

  it('says what its code is written in', () => {
    const language = (text: string) =>
      elements(render(text)).flatMap(([, attributes]) =>
        typeof attributes === 'object' && attributes.class === 'code' ? [attributes.language] : [],
      );
    assert.deepEqual(language('```ts title="a"\nx\n```'), ['ts']);
    assert.deepEqual(language('```\nx\n```\n\n    y'), [undefined, undefined]);
  });

  it('shows characters that reorder text as their numbers', () => {
    assert.match(shown(render('a\u202eb `c\u2066d`\n\n```\ne\u202ef\n```')), /U\+202E.*U\+2066[\s\S]*U\+202E/);
  });

  it('never throws and makes closed nodes of any text', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '`',
      '*',
      '_',
      '#',
      '|',
      '-',
      '\n',
      '\n\n',
      ' ',
      'a',
      '1. ',
      'https://e.example',
      '![',
      '\\',
      '&amp;',
      '"',
      "'",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (text) => {
          for (const [tag] of elements(render(text))) {
            assert.ok(tags.includes(tag));
          }
        },
      ),
    );
  });
});

describe("a command's output", () => {
  const classes = (output: string) => elements(terminalNodes(output)).map(([, attributes]) => attributes);

  it('keeps its 16 colours', () => {
    assert.deepEqual(classes('\u001b[31mred\u001b[0m \u001b[92;1mgreen\u001b[0m'), [
      'ansi-red',
      'ansi-bright-green bold',
    ]);
  });

  it('turns a badge into coloured text', () => {
    assert.deepEqual(classes('\u001b[41;37m FAIL \u001b[0m'), ['ansi-red']);
  });

  it('loses every other sequence', () => {
    const output =
      '\u001b]0;title\u0007a\u001b]8;;https://evil.example\u001b\\b\u001b]8;;\u001b\\c\u001b]52;c;aGk=\u0007d\u001b[2J\u001b[1;1He\u001b(Bf\u001bPq#0\u001b\\g';
    assert.equal(terminalText(output), 'abcdefg');
  });

  it('shows the last form of a line that was overwritten', () => {
    assert.equal(terminalText('10%\r50%\r100%\r\ndone'), '100%\ndone');
  });

  it('is copied without what prints nothing, and shown with its number', () => {
    const output = 'a\u0007\u001b[31mb\u001b[0m\tc\u202e\u200b';
    assert.equal(terminalText(output), 'ab\tc\u202e\u200b');
    assert.equal(shown(terminalNodes(output)), 'a‹U+0007›b\tc‹U+202E›‹U+200B›');
  });

  it('never swallows the lines after an unfinished sequence', () => {
    assert.match(terminalText('a\u001b]0;never ends\nb'), /\nb$/);
  });

  it('never throws', () => {
    const piece = fc.constantFrom('\u001b', '[', ']', ';', 'm', '3', '1', '\u0007', '\r', '\n', 'a', '\u009b', '\\');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        assert.doesNotMatch(terminalText(pieces.join('')), /[\u0000-\u0008\u000b-\u001f]/);
      }),
    );
  });
});
