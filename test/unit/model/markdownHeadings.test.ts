import assert from 'node:assert/strict';
import fc from 'fast-check';
import { demoteHeadings } from '../../../src/model/markdownHeadings';

describe('headings of a text that stands under a heading', () => {
  it('are pushed down, to the sixth level at most', () => {
    assert.equal(demoteHeadings('# A\ntext\n### B\n###### C', 2), '### A\ntext\n##### B\n###### C');
  });

  it('stay what they are in blocks of code, and where a hash is no heading', () => {
    const code = '```sh\n# a comment\n~~~\n# still code\n```';
    assert.equal(demoteHeadings(`${code}\n# A`, 1), `${code}\n## A`);
    assert.equal(demoteHeadings('~~~~\n~~~\n# code\n~~~~\n# A', 1), '~~~~\n~~~\n# code\n~~~~\n## A');
    for (const text of ['#hash', 'a # b', '    # code by its indent', '####### seven']) {
      assert.equal(demoteHeadings(text, 2), text);
    }
  });

  it('are all that changes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('# a', 'b', '```', '~~~', '##', '   ### c', ''), { minLength: 1 }),
        (lines) => {
          const shown = demoteHeadings(lines.join('\n'), 3);
          assert.deepEqual(
            shown.split('\n').map((line) => line.replace(/^( {0,3})#+/, '$1')),
            lines.map((line) => line.replace(/^( {0,3})#+/, '$1')),
          );
        },
      ),
    );
  });
});
