import * as vscode from 'vscode';
import type { SkillFinding } from '../model/skillRules';
import type { Clock } from '../oz/clock';
import { setContextKey } from '../platform/contextKeys';
import { isOfEditor } from './editorsOwn';
import { findingWords } from './findingWords';
import { isSkill } from './skillDocument';
import type { SkillFindings } from './skillFindings';

/** The name of the collection, and who says so beside each problem. */
export const diagnosticsName = 'Agent Runs';

/** Milliseconds without a key after which a text is judged. */
const pause = 200;

/** Shows what is wrong with the SKILL.md files that are open, as they are in the editor, unless the editor itself says so. */
export class SkillDiagnostics implements vscode.Disposable {
  readonly #findings: SkillFindings;
  readonly #clock: Clock;
  readonly #shown = vscode.languages.createDiagnosticCollection(diagnosticsName);
  readonly #waiting = new Map<vscode.TextDocument, () => void>();
  /** What was last told of each document. */
  readonly #told = new Map<vscode.TextDocument, string>();
  /** Those that cannot be run. */
  readonly #malformed = new Set<vscode.TextDocument>();
  readonly #subscriptions: vscode.Disposable;

  constructor(findings: SkillFindings, clock: Clock) {
    this.#findings = findings;
    this.#clock = clock;
    const { workspace } = vscode;
    this.#subscriptions = vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => {
        this.#show(document);
      }),
      workspace.onDidChangeTextDocument(({ document }) => {
        this.#showSoon(document);
      }),
      workspace.onDidCloseTextDocument((document) => {
        this.#stopWaiting(document);
        this.#told.delete(document);
        this.#shown.delete(document.uri);
        this.#setMalformed(document, false);
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const changed = new Set(uris.map(String));
        for (const document of [...this.#told.keys()]) {
          // What waits is shown soon anyway.
          if (changed.has(document.uri.toString()) && !this.#waiting.has(document)) {
            this.#show(document);
          }
        }
      }),
    );
    for (const document of workspace.textDocuments) {
      this.#show(document);
    }
  }

  dispose(): void {
    for (const document of [...this.#waiting.keys()]) {
      this.#stopWaiting(document);
    }
    this.#subscriptions.dispose();
    this.#shown.dispose();
  }

  #showSoon(document: vscode.TextDocument): void {
    if (isSkill(document)) {
      this.#stopWaiting(document);
      const stop = this.#clock.after(pause, () => {
        this.#show(document);
      });
      this.#waiting.set(document, stop);
    }
  }

  #stopWaiting(document: vscode.TextDocument): void {
    this.#waiting.get(document)?.();
    this.#waiting.delete(document);
  }

  #show(document: vscode.TextDocument): void {
    this.#stopWaiting(document);
    if (isSkill(document) && !document.isClosed) {
      const findings = this.#findings.of(document);
      this.#setMalformed(
        document,
        findings.some(({ severity }) => severity === 'error'),
      );
      const others = vscode.languages.getDiagnostics(document.uri);
      const shown = findings
        .filter((finding) => !others.some((one) => isOfEditor(document, finding, rangeOf(document, finding), one)))
        .map((finding) => diagnosticOf(document, finding));
      const told = JSON.stringify(shown);
      // What is shown here is a change of its own.
      if (this.#told.get(document) !== told) {
        this.#told.set(document, told);
        this.#shown.set(document.uri, shown);
      }
    }
  }

  /** The menus have no way to run such a skill. They know a file by its path only: VS Code may call its scheme otherwise. */
  #setMalformed(document: vscode.TextDocument, isMalformed: boolean): void {
    if (isMalformed) {
      this.#malformed.add(document);
    } else {
      this.#malformed.delete(document);
    }
    const paths = Array.from(this.#malformed, ({ uri }) => [uri.path, uri.fsPath]).flat();
    setContextKey('agentRuns.skills.malformed', [...new Set(paths)]);
  }
}

export function rangeOf(document: vscode.TextDocument, { start, end }: { start: number; end: number }): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

function diagnosticOf(document: vscode.TextDocument, finding: SkillFinding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    rangeOf(document, finding),
    findingWords(finding),
    {
      error: vscode.DiagnosticSeverity.Error,
      warning: vscode.DiagnosticSeverity.Warning,
      information: vscode.DiagnosticSeverity.Information,
    }[finding.severity],
  );
  diagnostic.source = diagnosticsName;
  diagnostic.code = finding.kind;
  return diagnostic;
}
