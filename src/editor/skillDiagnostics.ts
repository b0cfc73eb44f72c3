import * as vscode from 'vscode';
import type { SkillFinding } from '../model/skillRules';
import type { Clock } from '../oz/clock';
import { findingWords } from './findingWords';
import { isSkill } from './skillDocument';
import type { SkillFindings } from './skillFindings';

/** The name of the collection, and who says so beside each problem. */
export const diagnosticsName = 'Agent Runs';

/** Milliseconds without a key after which a text is judged. */
const pause = 200;

/** Shows what is wrong with the SKILL.md files that are open, as they are in the editor. */
export class SkillDiagnostics implements vscode.Disposable {
  readonly #findings: SkillFindings;
  readonly #clock: Clock;
  readonly #shown = vscode.languages.createDiagnosticCollection(diagnosticsName);
  readonly #waiting = new Map<vscode.TextDocument, () => void>();
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
        this.#shown.delete(document.uri);
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
      this.#shown.set(
        document.uri,
        findings.map((finding) => diagnosticOf(document, finding)),
      );
    }
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
