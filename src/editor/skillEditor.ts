// The entry of a bundle of its own, loaded when a SKILL.md is first open or an agent could help with a problem.
import type * as vscode from 'vscode';
import type * as SkillReading from '../model/skillReading';
import type { Clock } from '../oz/clock';
import { completions, hover } from './fieldHelp';
import { skillActions } from './skillActions';
import { SkillDiagnostics } from './skillDiagnostics';
import { SkillFindings } from './skillFindings';
import { type SkillLensDeps, SkillLensProvider } from './skillLensProvider';

export { agentActions } from './agentActions';

export interface SkillEditorDeps extends SkillLensDeps {
  reading: typeof SkillReading;
  clock: Clock;
}

/** What the editor knows about the SKILL.md files that are open. */
export class SkillEditor {
  readonly #reading: typeof SkillReading;
  readonly #findings: SkillFindings;
  readonly #lenses: SkillLensProvider;
  readonly #diagnostics: SkillDiagnostics;

  constructor({ reading, clock, ...rest }: SkillEditorDeps) {
    this.#reading = reading;
    this.#findings = new SkillFindings(reading.judgeSkill);
    this.#lenses = new SkillLensProvider(this.#findings, rest);
    this.#diagnostics = new SkillDiagnostics(this.#findings, clock);
  }

  lenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return this.#lenses.lenses(document);
  }

  actions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    return skillActions(document, range, context, this.#findings, this.#reading);
  }

  completions(
    document: vscode.TextDocument,
    position: vscode.Position,
    trigger: string | undefined,
  ): vscode.CompletionItem[] {
    // A space is typed everywhere: only the one behind `name:` asks for something.
    const isAsked = trigger !== ' ' || /^name:\s+$/.test(document.lineAt(position).text.slice(0, 100));
    return isAsked ? completions(document, position) : [];
  }

  hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    return hover(document, position);
  }

  dispose(): void {
    this.#lenses.dispose();
    this.#diagnostics.dispose();
  }
}
