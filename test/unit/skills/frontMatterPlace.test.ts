import assert from 'node:assert/strict';
import fc from 'fast-check';
import { frontMatterLines } from '../../../src/model/frontMatterLines';
import { fieldAt, type FrontMatterPlace, frontMatterPlace } from '../../../src/model/frontMatterPlace';

/** The place of the `|` in a text, as the part of it that would be replaced. */
function placeIn(marked: string): { place: FrontMatterPlace | undefined; replaced: string | undefined } {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = frontMatterPlace(text, offset);
  return { place, replaced: place && text.slice(place.start, place.end) };
}

describe('a place in the front matter', () => {
  it('takes a whole front matter only where nothing else is', () => {
    for (const [marked, replaced] of [
      ['|', ''],
      ['--|', '--'],
      ['---|', '---'],
      ['---|\n', '---\n'],
    ] as const) {
      const found = placeIn(marked);
      assert.deepEqual([found.place?.kind, found.replaced], ['skeleton', replaced], marked);
    }
    for (const marked of ['|# Title', '----|', '-|a', 'Some text|', '---\nname: a\n---\n|']) {
      assert.equal(placeIn(marked).place, undefined, marked);
    }
  });

  it('takes the names of fields that are not there yet', () => {
    const found = placeIn('---\nname: a\ndes|c\nlicense: MIT\n---\n# T\n');
    assert.ok(found.place?.kind === 'field');
    assert.deepEqual([...found.place.present], ['name', 'license']);
    assert.equal(found.replaced, 'desc');
    assert.equal(placeIn('---\nname: a\n|\n---\n').place?.kind, 'field');
    assert.equal(placeIn('---\r\nname: a\r\n|').place?.kind, 'field');
    assert.equal(placeIn('---\nname: a\nde|').replaced, 'de');
    // The field that is being typed is not in its own way.
    const typed = placeIn('---\nname|\n---\n').place;
    assert.ok(typed?.kind === 'field' && !typed.present.has('name'));
  });

  it('takes a value behind a field’s colon and a space', () => {
    const found = placeIn('---\nname: ol|\n---\n');
    assert.deepEqual([found.place?.kind, found.replaced], ['value', 'ol']);
    assert.equal(placeIn('---\nname: |\n---\n').replaced, '');
    for (const marked of ['---\nname:|\n---\n', '---\nname: one two|\n---\n', '---\nname: a|b\n---\n']) {
      assert.equal(placeIn(marked).place, undefined, marked);
    }
  });

  it('takes nothing outside', () => {
    for (const marked of ['---\nname: a\n---\nna|', '--|-\nname: a\n---\n', '---\nname: a\n--|-\n', '---\na: |\n---']) {
      assert.notEqual(placeIn(marked).place?.kind, 'field', marked);
    }
  });

  it('knows the field whose name is there', () => {
    const text = '---\nname: a\n---\nname: b\n';
    assert.deepEqual(fieldAt(text, 6), { name: 'name', start: 4, end: 8 });
    assert.equal(fieldAt(text, 10), undefined);
    assert.equal(fieldAt(text, text.lastIndexOf('name')), undefined);
  });

  it('stays within any text, and its fields in order', () => {
    const line = fc.oneof(fc.constantFrom('---', 'name: a', ' x', '- b', '', 'a:'), fc.string({ maxLength: 6 }));
    const texts = fc.tuple(fc.array(line, { maxLength: 10 }), fc.constantFrom('\n', '\r\n'));
    fc.assert(
      fc.property(texts, fc.nat(60), ([lines, lineEnd], at) => {
        const text = lines.join(lineEnd);
        const offset = Math.min(at, text.length);
        const place = frontMatterPlace(text, offset);
        assert.ok(!place || (place.start <= offset && offset <= place.end && place.end <= text.length));
        const matter = frontMatterLines(text);
        let last = matter?.start ?? 0;
        for (const field of matter?.fields ?? []) {
          assert.ok(last <= field.start && field.start < field.nameEnd && field.nameEnd < field.valueStart);
          assert.ok(field.valueStart <= field.valueEnd && field.valueEnd <= field.end);
          assert.equal(text.slice(field.start, field.nameEnd), field.name);
          last = field.end;
        }
        assert.ok(!matter || last <= matter.end);
      }),
    );
  });
});
