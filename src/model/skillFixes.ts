import { frontMatterLines, type FrontMatterLines, type FieldLines, lineEndOf } from './frontMatterLines';
import { moveToMetadata } from './moveToMetadata';
import { shortenField } from './shortenField';
import { skillFields } from './skillFields';
import type * as SkillReading from './skillReading';
import type { SkillFinding } from './skillRules';
import { applyTextEdits, type TextEdit } from './textEdits';
import { isValidSkillName, validSkillName } from './validSkillName';
import { quoted, yamlText } from './yamlText';

export type SkillFixKind =
  | 'addFrontMatter'
  | 'closeFrontMatter'
  | 'quote'
  | 'addName'
  | 'changeName'
  | 'renameFolder'
  | 'addDescription'
  | 'shorten'
  | 'moveToMetadata'
  | 'remove';

export interface SkillFix {
  readonly kind: SkillFixKind;
  readonly edits: readonly TextEdit[];
  /** The new name of the folder, or of the skill. */
  readonly name?: string;
  /** The front matter's field that it changes, where there are several. */
  readonly field?: string;
  /** True where nothing that was written gets another meaning: such a fix may be made unseen. */
  readonly isSafe: boolean;
}

type Reading = Pick<typeof SkillReading, 'judgeSkill' | 'parseSkillFile'>;

export interface SkillText {
  readonly text: string;
  readonly folderName: string;
}

/**
 * What can be done about a finding. Only what works is offered: with it the finding is gone by the same rules that found it.
 * The edits of a fix do not overlap.
 */
export function skillFixes(skill: SkillText, finding: SkillFinding, reading: Reading): SkillFix[] {
  return candidates(skill, finding, reading).filter((fix) => works(skill, finding, fix, reading));
}

function works(
  { text, folderName }: SkillText,
  finding: SkillFinding,
  { kind, name, edits }: SkillFix,
  reading: Reading,
): boolean {
  const left = reading.judgeSkill(
    applyTextEdits(text, edits),
    (kind === 'renameFolder' ? name : undefined) ?? folderName,
  );
  // YAML that is not valid says it of one place at a time.
  const isSame = (one: SkillFinding): boolean => finding.kind === 'badYaml' || one.field === finding.field;
  return !left.some((one) => one.kind === finding.kind && isSame(one));
}

/**
 * The text after every safe fix, as it would be made one after the other; the same text when there is none, or when closed
 * front matter shows errors that nothing here mends.
 */
export function withSafeFixes(skill: SkillText, reading: Reading): string {
  const text = withEverySafeFix(skill, reading);
  return errorsIn({ ...skill, text }, reading) > errorsIn(skill, reading) ? skill.text : text;
}

function withEverySafeFix(skill: SkillText, reading: Reading): string {
  let { text } = skill;
  // Each round ends at least one kind of finding.
  for (let round = 0; round < 20; round++) {
    const fix = safeFix({ ...skill, text }, reading);
    if (!fix) {
      return text;
    }
    text = applyTextEdits(text, fix.edits);
  }
  return text;
}

function safeFix(skill: SkillText, reading: Reading): SkillFix | undefined {
  for (const finding of reading.judgeSkill(skill.text, skill.folderName)) {
    const fix = candidates(skill, finding, reading).find((one) => one.isSafe && works(skill, finding, one, reading));
    if (fix) {
      return fix;
    }
  }
  return undefined;
}

function errorsIn({ text, folderName }: SkillText, reading: Reading): number {
  return reading.judgeSkill(text, folderName).filter(({ severity }) => severity === 'error').length;
}

function candidates(skill: SkillText, finding: SkillFinding, reading: Reading): SkillFix[] {
  const { text, folderName } = skill;
  const matter = frontMatterLines(text);
  if (!matter) {
    return finding.kind === 'noFrontMatter' ? [addFrontMatter(skill, reading)] : [];
  }
  const field = matter.fields.find(({ name }) => name === finding.field);
  switch (finding.kind) {
    case 'notClosed':
      return [closeFrontMatter(text, matter)];
    case 'badYaml':
      return quoteBroken(text, matter, finding);
    case 'wrongType':
      return field ? quoteField(text, field) : [];
    case 'noName':
      return [{ kind: 'addName', name: folderName, edits: [setField(text, matter, 'name', folderName)], isSafe: true }];
    case 'badName':
      return changeName(text, matter, [validSkillName(valueOf(text, matter, 'name')), folderName]);
    case 'nameUnlikeFolder':
      return [...changeName(text, matter, [folderName]), ...renameFolder(valueOf(text, matter, 'name'))];
    case 'noDescription':
    case 'emptyDescription':
      return addDescription(skill, matter, reading);
    case 'longDescription':
      return shorten(text, matter, 'description');
    case 'longCompatibility':
      return shorten(text, matter, 'compatibility');
    case 'unknownField':
      return field ? [...moveToMetadata(text, matter, field), remove(field)] : [];
    default:
      return [];
  }
}

function addFrontMatter(skill: SkillText, reading: Reading): SkillFix {
  const { text, folderName } = skill;
  const at = text.startsWith('\uFEFF') ? 1 : 0;
  const description = descriptionOf(skill, reading);
  const lines = ['---', `name: ${yamlText(folderName)}`, `description: ${yamlText(description)}`, '---', '', ''];
  const edits = [{ start: at, end: at, text: lines.join(lineEndOf(text)) }];
  return { kind: 'addFrontMatter', edits, isSafe: true };
}

function closeFrontMatter(text: string, { end }: FrontMatterLines): SkillFix {
  const lineEnd = lineEndOf(text);
  const isOnLineEnd = end === 0 || text[end - 1] === '\n';
  const line = `${isOnLineEnd ? '' : lineEnd}---${lineEnd}`;
  return { kind: 'closeFrontMatter', edits: [{ start: end, end, text: line }], isSafe: true };
}

/** The value at the error alone, or else all values that YAML may have read as more than a text. */
function quoteBroken(text: string, { fields }: FrontMatterLines, { start }: SkillFinding): SkillFix[] {
  const broken = fields.filter((field) => isOneLine(text, field) && needsQuotes(valueText(text, field)));
  const atError = broken.filter((field) => field.start <= start && start <= field.end);
  return [atError, broken]
    .filter((chosen, index, all) => chosen.length > 0 && (index === 0 || chosen.length > (all[0]?.length ?? 0)))
    .map((chosen) => ({
      kind: 'quote' as const,
      field: chosen.length === 1 ? chosen[0]?.name : undefined,
      edits: chosen.map((field) => ({
        start: field.valueStart,
        end: field.valueEnd,
        text: quoted(withoutBrokenQuotes(valueText(text, field))),
      })),
      isSafe: true,
    }));
}

function needsQuotes(value: string): boolean {
  return value !== '' && yamlText(value) !== value && !/^[|>]/.test(value);
}

/** A quotation mark at one end only was meant to be at both. */
function withoutBrokenQuotes(value: string): string {
  const [first, last] = [value[0] ?? '', value.at(-1) ?? ''];
  const marks = ['"', "'"];
  const inner = value.slice(1);
  if (marks.includes(first) && first === last && value.length > 1) {
    return inner.slice(0, -1);
  }
  return marks.includes(first) && !inner.includes(first) ? inner : value;
}

/** A number, a date or a word such as `true` that was meant as a text: the field's own, or those of its entries. */
function quoteField(text: string, field: FieldLines): SkillFix[] {
  const values = isOneLine(text, field)
    ? [{ start: field.valueStart, value: valueText(text, field) }]
    : Array.from(
        valueText(text, field).matchAll(/^[ \t]+[\w.-]+:[ \t]+(\S[^\r\n]*)/gm),
        ({ 0: line, 1: value = '', index }) => ({
          start: field.valueStart + index + line.length - value.length,
          value: value.trimEnd(),
        }),
      );
  const edits = values
    .filter(({ value }) => value !== '' && !/^[[{&*!|>'"]|\s#/.test(value) && yamlText(value) !== value)
    .map(({ start, value }) => ({ start, end: start + value.length, text: quoted(value) }));
  return edits.length > 0 ? [{ kind: 'quote', field: field.name, edits, isSafe: true }] : [];
}

function changeName(text: string, matter: FrontMatterLines, names: readonly string[]): SkillFix[] {
  return [...new Set(names)]
    .filter((name) => isValidSkillName(name))
    .map((name) => ({ kind: 'changeName', name, edits: [setField(text, matter, 'name', name)], isSafe: false }));
}

function renameFolder(name: string): SkillFix[] {
  return isValidSkillName(name) ? [{ kind: 'renameFolder', name, edits: [], isSafe: false }] : [];
}

function addDescription(skill: SkillText, matter: FrontMatterLines, reading: Reading): SkillFix[] {
  const description = descriptionOf(skill, reading);
  return description
    ? [{ kind: 'addDescription', edits: [setField(skill.text, matter, 'description', description)], isSafe: true }]
    : [];
}

/** What the service takes for the description of a skill that has none. */
function descriptionOf({ text, folderName }: SkillText, { parseSkillFile }: Reading): string {
  const read = parseSkillFile(text, folderName);
  return 'skill' in read ? read.skill.description : '';
}

function shorten(text: string, matter: FrontMatterLines, name: string): SkillFix[] {
  const limit = skillFields.find((field) => field.name === name)?.maxLength;
  const edits = limit === undefined ? undefined : shortenField(text, matter, name, limit);
  return edits ? [{ kind: 'shorten', field: name, edits, isSafe: false }] : [];
}

function remove({ name, start, end }: FieldLines): SkillFix {
  return { kind: 'remove', field: name, edits: [{ start, end, text: '' }], isSafe: false };
}

/** Sets a field's value where the field is, else makes it: a name first, others below the name. */
function setField(text: string, { start, fields }: FrontMatterLines, name: string, value: string): TextEdit {
  const field = fields.find((one) => one.name === name);
  if (field) {
    const isBare = field.valueStart === field.valueEnd && !/\s/.test(text[field.valueStart - 1] ?? '');
    return { start: field.valueStart, end: field.valueEnd, text: `${isBare ? ' ' : ''}${yamlText(value)}` };
  }
  const at = (name === 'name' ? undefined : fields.find((one) => one.name === 'name'))?.end ?? start;
  return { start: at, end: at, text: `${name}: ${yamlText(value)}${lineEndOf(text)}` };
}

function valueOf(text: string, { fields }: FrontMatterLines, name: string): string {
  const field = fields.find((one) => one.name === name);
  const value = field ? valueText(text, field) : '';
  return /^(["']).*\1$/s.test(value) ? value.slice(1, -1) : value;
}

function valueText(text: string, { valueStart, valueEnd }: FieldLines): string {
  return text.slice(valueStart, valueEnd);
}

function isOneLine(text: string, field: FieldLines): boolean {
  return !valueText(text, field).includes('\n');
}
