import assert from 'node:assert/strict';
import { isProblemForAgent } from '../../../src/model/problemForAgent';
import { surroundingLines } from '../../../src/model/surroundingLines';
import { todoAt, todoComment } from '../../../src/model/todoComment';

describe('a TODO in a line', () => {
  it('is found in the comments of any language', () => {
    for (const [line, words] of [
      ['// TODO: check the date', 'check the date'],
      ['  price = 1; // FIXME(ada): round it', 'round it'],
      ['# TODO check', 'check'],
      ['-- TODO: an index', 'an index'],
      ['<!-- TODO: a picture -->', 'a picture'],
      ['/* TODO: more */', 'more'],
      [' * TODO: more', 'more'],
      ['{- FIXME: laziness -}', 'laziness'],
      ['TODO: in the middle of a long comment', 'in the middle of a long comment'],
      ['- [ ] TODO write this', 'write this'],
      ['// TODO', ''],
    ] as const) {
      assert.equal(todoComment(line), words, line);
    }
  });

  it('is no word in code or in a text', () => {
    for (const line of [
      'const TODO = 1;',
      'showTODOs(TODO)',
      'The word TODO in a text',
      '// todo: later',
      '// TODOs',
      '',
    ]) {
      assert.equal(todoComment(line), undefined, line);
    }
    assert.equal(todoComment(`// TODO: ${'x'.repeat(2000)}`), undefined);
  });
});

describe('a TODO in several lines', () => {
  const at = (text: string, line: number): ReturnType<typeof todoAt> => {
    const lines = text.split('\n');
    return todoAt((index) => lines[index], line);
  };

  it('is the whole comment, wherever one stands in it', () => {
    for (const text of [
      'x();\n  // TODO: round to cents, see\n  // the rules of tax\n  y();',
      '\n# TODO round to cents, see\n#   the rules of tax\n# ---',
      '/**\n * TODO: round to cents, see\n * the rules of tax\n */',
      '\n/* TODO: round to cents, see\n   the rules of tax */\ncode();',
      '\n<!-- FIXME: round to cents, see\n  the rules of tax -->\nText',
      '\nprice = 1; // TODO: round to cents, see\n           // the rules of tax\n',
      '\n// TODO: round to cents, see\n// the rules of tax\n// TODO: another',
      "\nREM TODO: round to cents, see\nrem the rules of tax\n' more",
    ]) {
      const todo = { first: 1, last: 2, words: 'round to cents, see the rules of tax' };
      assert.deepEqual([at(text, 1), at(text, 2)], [todo, todo], text);
      assert.notDeepEqual(at(text, 3), todo);
      assert.equal(at(text, 0), undefined);
    }
  });

  it('is one line where the next is something else', () => {
    for (const next of ['code();', '', '//', '  // of the next line', '# another kind', `// ${'x'.repeat(2000)}`]) {
      const text = `// TODO: check\n${next}`;
      assert.deepEqual(at(text, 0), { first: 0, last: 0, words: 'check' }, next);
      assert.equal(at(text, 1), undefined);
    }
    assert.deepEqual(at('/* TODO: check */\nthe(code)', 0), { first: 0, last: 0, words: 'check' });
    assert.deepEqual(at('- [ ] TODO write this\n- and that', 0), { first: 0, last: 0, words: 'write this' });
  });

  it('ends somewhere', () => {
    const todo = at(`/* TODO: check\n${'and more\n'.repeat(1000)}*/`, 0);
    assert.ok(todo && todo.last < 20);
    assert.equal(at(`/* TODO: check\n${'and more\n'.repeat(1000)}*/`, 500), undefined);
  });
});

describe('the lines that an agent gets with a problem', () => {
  const functions = [
    { first: 0, last: 90 },
    { first: 40, last: 60 },
    { first: 70, last: 80 },
  ];

  it('are those of the smallest function around it', () => {
    assert.deepEqual(surroundingLines({ first: 45, last: 46 }, functions, 100), { first: 40, last: 60 });
    assert.deepEqual(surroundingLines({ first: 58, last: 72 }, functions, 100), { first: 0, last: 90 });
  });

  it('are some lines before and behind it where no function is, or one that is too long', () => {
    assert.deepEqual(surroundingLines({ first: 95, last: 95 }, functions, 100), { first: 80, last: 99 });
    assert.deepEqual(surroundingLines({ first: 3, last: 3 }, [], 100), { first: 0, last: 18 });
    assert.deepEqual(surroundingLines({ first: 500, last: 500 }, [{ first: 0, last: 900 }], 1000), {
      first: 485,
      last: 515,
    });
  });
});

describe('a problem for an agent', () => {
  it('is plain data of a certain shape and nothing else', () => {
    const problem = { uri: 'file:///a.ts', firstLine: 1, lastLine: 2 };
    for (const good of [problem, { ...problem, todo: '' }, { ...problem, problems: [{ line: 1, words: 'x' }] }]) {
      assert.equal(isProblemForAgent(good), true);
    }
    for (const bad of [
      undefined,
      null,
      'file:///a.ts',
      { ...problem, uri: 1 },
      { ...problem, firstLine: -1 },
      { ...problem, lastLine: '2' },
      { ...problem, todo: {} },
      { ...problem, problems: 'x' },
      { ...problem, problems: [{ line: 1 }] },
    ]) {
      assert.equal(isProblemForAgent(bad), false);
    }
  });
});
