import * as vscode from 'vscode';
import { type Disposable, disposeAll } from '../model/emitter';
import { type SkillLens, skillLenses } from '../model/skillLenses';
import type { SkillProblemKind } from '../model/skillFile';
import type { WorkspaceSkill, WorkspaceSkills } from '../model/workspaceSkill';
import type { Log } from '../platform/log';
import { skillProblemWords } from '../platform/skillProblemWords';
import { isSkill } from './skillDocument';
import { rangeOf } from './skillDiagnostics';
import type { SkillFindings } from './skillFindings';

export interface SkillLensDeps {
  skills: () => Promise<WorkspaceSkills>;
  lensesChanged: { fire(): void };
  log: Pick<Log, 'error'>;
}

/** What stands above the first line of a SKILL.md. */
export class SkillLensProvider implements vscode.Disposable {
  readonly #findings: SkillFindings;
  readonly #changed: { fire(): void };
  readonly #subscriptions: Disposable[];
  /** What was last shown of each document that is open. */
  readonly #shown = new Map<vscode.TextDocument, string>();
  #skills: WorkspaceSkills | undefined;
  #isDisposed = false;

  constructor(findings: SkillFindings, { skills, lensesChanged, log }: SkillLensDeps) {
    this.#findings = findings;
    this.#changed = lensesChanged;
    const look = (): void => {
      this.#look();
    };
    this.#subscriptions = [
      vscode.workspace.onDidSaveTextDocument(look),
      vscode.workspace.onDidGrantWorkspaceTrust(look),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#shown.delete(document);
      }),
    ];
    // Until Git has answered nothing is said of what the cloud sees.
    skills().then(
      (found) => {
        if (!this.#isDisposed) {
          this.#skills = found;
          this.#subscriptions.push(found.onDidChange(look));
          found.start();
          look();
        }
      },
      (error: unknown) => {
        log.error('skills', error);
      },
    );
  }

  lenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const lenses = this.#lenses(document);
    this.#shown.set(document, JSON.stringify(lenses));
    return lenses;
  }

  dispose(): void {
    this.#isDisposed = true;
    disposeAll(this.#subscriptions);
  }

  /** VS Code asks again by itself after a change of the text, and only then. */
  #look(): void {
    const isOther = [...this.#shown].some(([document, shown]) => JSON.stringify(this.#lenses(document)) !== shown);
    if (isOther) {
      this.#changed.fire();
    }
  }

  #lenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!isSkill(document)) {
      return [];
    }
    const problem = this.#problem(document);
    const lenses = skillLenses({
      isTrusted: vscode.workspace.isTrusted,
      isMalformed: problem !== undefined,
      isDirty: document.isDirty,
      sight: this.#skill(document)?.sight,
    });
    const top = new vscode.Range(0, 0, 0, 0);
    return lenses.map((lens) => new vscode.CodeLens(top, lensCommand(lens, document.uri, problem)));
  }

  /** Why it cannot be run, as it is in the editor. */
  #problem(document: vscode.TextDocument): Problem | undefined {
    const finding = this.#findings.of(document).find(({ severity }) => severity === 'error');
    if (finding) {
      return { kind: finding.kind === 'badYaml' ? 'badYaml' : 'noInstructions', range: rangeOf(document, finding) };
    }
    // Only the file tells its encoding.
    return this.#skill(document)?.problem?.kind === 'notUtf8' ? { kind: 'notUtf8' } : undefined;
  }

  #skill({ uri }: vscode.TextDocument): WorkspaceSkill | undefined {
    const address = uri.toString();
    return this.#skills?.all.find((skill) => skill.uri === address);
  }
}

function malformedWords({ kind, range }: Problem): string {
  const { t } = vscode.l10n;
  switch (kind) {
    case 'badYaml':
      return t('Not Run: No Valid YAML in Line {0}', (range?.start.line ?? 0) + 1);
    case 'noInstructions':
      return t('Not Run: No Instructions');
    case 'notUtf8':
      return t('Not Run: Not in UTF-8');
  }
}

interface Problem {
  kind: SkillProblemKind;
  range?: vscode.Range;
}

/** A usual space beside an icon is not shown there. */
function icon(name: string): string {
  return `$(${name})\u00a0`;
}

function lensCommand(lens: SkillLens, uri: vscode.Uri, problem: Problem | undefined): vscode.Command {
  const { t } = vscode.l10n;
  const own = (name: string, title: string, tooltip: string): vscode.Command => ({
    command: `agentRuns.${name}`,
    title,
    tooltip,
    arguments: [{ uri: uri.toString() }],
  });
  const ask = (title: string, tooltip: string): vscode.Command =>
    own('runSkill', `${icon('warning')}${title}`, tooltip);
  switch (lens) {
    case 'run':
      return own('runSkillNow', `${icon('play')}${t('Run')}`, t('Run this skill in the cloud with the defaults'));
    case 'runWith':
      return own('runSkill', t('Run with…'), t('Choose what to run this skill with'));
    case 'schedule':
      return own('scheduleSkill', t('Schedule…'), t('Run this skill in the cloud again and again'));
    case 'pastRuns':
      return own('showSkillRuns', t('Past Runs'), t('Show the runs of this skill'));
    case 'trust':
      return {
        command: 'workbench.trust.manage',
        title: `${icon('workspace-untrusted')}${t('Not Trusted: Nothing Is Run from Here')}`,
        tooltip: t('Manage Workspace Trust'),
      };
    case 'malformed':
      return {
        command: 'vscode.open',
        title: `${icon('error')}${problem ? malformedWords(problem) : ''}`,
        tooltip: problem && skillProblemWords(problem),
        arguments: [uri, { selection: problem?.range }],
      };
    case 'uncommitted':
      return {
        command: 'workbench.view.scm',
        title: `${icon('warning')}${t('Changes Not Committed')}`,
        tooltip: t('The cloud does not see them. Open Source Control'),
      };
    case 'notPushed':
      return ask(t('Not Pushed'), t('The cloud does not see the newest commits. Choose what to run'));
    case 'elsewhere':
      return ask(t('Another Version on the Default Branch'), t('The cloud reads it from there. Choose what to run'));
    case 'notOnGitHub':
      return ask(
        t('Not on GitHub'),
        t('The cloud does not see this skill, but its text can be sent. Choose what to run'),
      );
  }
}
