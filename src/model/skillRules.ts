import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { type SkillField, skillFields } from './skillFields';
import {
  type FrontMatter,
  type FrontMatterField,
  frontMatterFields,
  frontMatterOf,
  isText,
  type Span,
} from './skillFrontMatter';
import { isInSkillFolder, skillFileName } from './skillSpec';
import { isValidSkillName } from './validSkillName';

export type SkillFindingKind =
  | 'noFrontMatter'
  | 'notClosed'
  | 'badYaml'
  | 'notAMapping'
  /** So long that nothing of it was read. */
  | 'longFrontMatter'
  | 'noName'
  | 'badName'
  | 'nameUnlikeFolder'
  | 'noDescription'
  | 'emptyDescription'
  | 'longDescription'
  | 'longCompatibility'
  /** Not the kind of value that the field has. */
  | 'wrongType'
  | 'unknownField'
  | 'noInstructions'
  | 'badFileName'
  | 'notInSkillFolder';

export interface SkillFinding extends Readonly<Span> {
  readonly kind: SkillFindingKind;
  /** An error keeps it from being run, as in `parseSkillFile`; the service takes what is a warning in its lenient way. */
  readonly severity: 'error' | 'warning' | 'information';
  /** The front matter's field that it is about. */
  readonly field?: string;
}

/** More than this is not said of one file. */
const maxFindings = 100;

/**
 * Judges a SKILL.md by the published rules of Agent Skills (agentskills.io/specification) and by what the service leaves
 * out. Findings come in the file's order, with UTF-16 offsets; an empty span is at a place where something is missing. Of a
 * missing field it is that of the dashes before the front matter. Never throws.
 * @param folderName the name of the folder that the file is in
 * @param path the file's path in its workspace folder, with `/`; its place is judged only where it is given
 */
export function judgeSkill(text: string, folderName: string, path?: string): SkillFinding[] {
  const matter = frontMatterOf(text);
  const closed = matter && 'yaml' in matter ? matter : undefined;
  const firstLine = spanOfFirstLine(text);
  const findings: SkillFinding[] = path === undefined ? [] : judgePlace(path, firstLine);
  if (closed) {
    findings.push(...judgeFrontMatter(text, closed, folderName));
  } else if (matter) {
    findings.push({ kind: 'notClosed', severity: 'warning', ...matter.opening });
  } else if (text.trim()) {
    findings.push({ kind: 'noFrontMatter', severity: 'warning', ...firstLine });
  }
  if (isBlankFrom(text, closed?.bodyStart ?? 0)) {
    findings.push({ kind: 'noInstructions', severity: 'error', ...(closed?.closing ?? firstLine) });
  }
  return findings.sort((a, b) => a.start - b.start).slice(0, maxFindings);
}

function isBlankFrom(text: string, start: number): boolean {
  const next = /\S/g;
  next.lastIndex = start;
  return !next.test(text);
}

/** The first line that is not blank. */
function spanOfFirstLine(text: string): Span {
  const start = Math.max(0, text.search(/\S/));
  const end = start + (/^.*/.exec(text.slice(start, start + 1000))?.[0].trimEnd().length ?? 0);
  return { start, end };
}

function judgePlace(path: string, at: Span): SkillFinding[] {
  if (path.split('/').at(-1) !== skillFileName) {
    return [{ kind: 'badFileName', severity: 'warning', ...at }];
  }
  return isInSkillFolder(path) ? [] : [{ kind: 'notInSkillFolder', severity: 'information', ...at }];
}

function judgeFrontMatter(text: string, { opening, yaml }: FrontMatter, folderName: string): SkillFinding[] {
  const read = frontMatterFields(text, yaml);
  switch (read.kind) {
    case 'badYaml': {
      const lineStart = text.lastIndexOf('\n', read.at.start - 1) + 1;
      const [, field] = /^([\w-]+):/.exec(text.slice(lineStart, lineStart + 100)) ?? [];
      return [{ kind: 'badYaml', severity: 'error', ...toLineEnd(text, read.at), ...(field && { field }) }];
    }
    case 'notAMapping':
      return [{ kind: 'notAMapping', severity: 'warning', ...yaml }];
    case 'tooLong':
      return [{ kind: 'longFrontMatter', severity: 'warning', ...opening }];
    case 'mapping':
      return [
        ...skillFields
          .filter(({ name, isRequired }) => isRequired && !read.fields.some((field) => field.name === name))
          .map(({ name }) => ({ ...missing(name), ...opening })),
        ...read.fields.flatMap((field) => judgeField(field, folderName)),
      ];
  }
}

/** A parser's error often marks a single character: what is wrong is the rest of the line. */
function toLineEnd(text: string, { start, end }: Span): Span {
  const rest = /^[^\r\n]*/.exec(text.slice(start, start + 1000))?.[0].trimEnd().length ?? 0;
  return { start, end: Math.max(end, start + rest) };
}

function missing(field: string): Pick<SkillFinding, 'kind' | 'severity' | 'field'> {
  return { kind: field === 'name' ? 'noName' : 'noDescription', severity: 'warning', field };
}

function judgeField({ name, key, value, valueSpan }: FrontMatterField, folderName: string): SkillFinding[] {
  const rule = skillFields.find((one) => one.name === name);
  if (!rule) {
    return [{ kind: 'unknownField', severity: 'information', field: name, ...key }];
  }
  const whole = { start: key.start, end: Math.max(key.end, valueSpan.end) };
  if (rule.isRequired && isBlank(value)) {
    const kind = name === 'name' ? 'noName' : 'emptyDescription';
    return [{ kind, severity: 'warning', field: name, ...whole }];
  }
  const wrong = hasKind(value, rule);
  if (wrong !== true) {
    return [
      { kind: 'wrongType', severity: wrong, field: name, ...(valueSpan.end > valueSpan.start ? valueSpan : key) },
    ];
  }
  const text = isText(value) ? value.value.trim() : '';
  const kind = name === 'name' ? nameTrouble(text, folderName) : isTooLong(text, rule) ? longKinds[name] : undefined;
  return kind ? [{ kind, severity: 'warning', field: name, ...valueSpan }] : [];
}

const longKinds: Partial<Record<string, SkillFindingKind>> = {
  description: 'longDescription',
  compatibility: 'longCompatibility',
};

function isBlank(value: Node | undefined): boolean {
  return value === undefined || (isScalar(value) && (value.value === null || (isText(value) && !value.value.trim())));
}

/** True, or how much it matters that the value is of another kind. */
function hasKind(value: Node | undefined, { kind }: SkillField): true | 'warning' | 'information' {
  switch (kind) {
    case 'text':
      return isText(value) || 'warning';
    case 'textOrTexts':
      return isText(value) || (isSeq(value) && value.items.every(isText)) || 'warning';
    case 'mappingOfTexts':
      return isMap(value) ? value.items.every((item) => isText(item.value)) || 'information' : 'warning';
  }
}

function nameTrouble(name: string, folderName: string): 'badName' | 'nameUnlikeFolder' | undefined {
  if (!isValidSkillName(name)) {
    return 'badName';
  }
  return name.normalize('NFKC') === folderName.normalize('NFKC') ? undefined : 'nameUnlikeFolder';
}

function isTooLong(text: string, { maxLength = Infinity }: SkillField): boolean {
  return text.length > maxLength && Array.from(text).length > maxLength;
}
