import * as vscode from 'vscode';
import type { SkillFinding, SkillFindingKind } from '../model/skillRules';

/** The language that newer editors have for skills. They judge its files and explain its fields themselves. */
const language = 'skill';

/** What they judge as it is judged here. They have no fix for it. */
const kinds: ReadonlySet<SkillFindingKind> = new Set<SkillFindingKind>([
  'noName',
  'badName',
  'nameUnlikeFolder',
  'noDescription',
  'emptyDescription',
]);

/** The fields that they complete and explain. */
const fields: ReadonlySet<string> = new Set(['name', 'description', 'license', 'compatibility', 'metadata']);

export function isExplainedByEditor({ languageId }: vscode.TextDocument, field: string): boolean {
  return languageId === language && fields.has(field);
}

/**
 * True for a problem that the editor found at the same place and in the same matter. It names no source, and its words are in
 * any language: the place is what tells. Where the editor does not judge, nothing of ours is left out.
 */
export function isOfEditor(
  { languageId }: vscode.TextDocument,
  { kind }: SkillFinding,
  range: vscode.Range,
  { source, severity, range: place }: vscode.Diagnostic,
): boolean {
  return (
    languageId === language &&
    kinds.has(kind) &&
    !source &&
    severity !== vscode.DiagnosticSeverity.Hint &&
    place.intersection(range) !== undefined
  );
}
