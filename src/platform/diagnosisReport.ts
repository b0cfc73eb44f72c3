import * as vscode from 'vscode';
import type { CheckName, Finding, Outcome } from '../oz/diagnosis';
import { product } from '../product';
import { diagnosisWords } from './diagnosisWords';
import { plain } from './plainText';

/** Facts of the editor and the machine, as a person who helps asks for them. */
export type Surroundings = readonly (readonly [name: string, value: string])[];

/** The whole diagnosis as a text that can be read, copied and sent; `at` is milliseconds since 1970. */
export function diagnosisReport(findings: readonly Finding[], surroundings: Surroundings, at: number): string {
  const { t } = vscode.l10n;
  const lines = findings.flatMap((finding) => {
    const { seen, next } = diagnosisWords(finding);
    const head = `[${outcomeWord(finding.outcome)}] ${checkWord(finding.check)}: ${seen.map(line).join('\n    ')}`;
    return next === undefined ? [head] : [head, `    → ${next}`];
  });
  return [
    t('Connection of Agent Runs to {0}', product.service),
    new Date(at).toISOString(),
    '',
    verdict(findings),
    '',
    ...lines,
    '',
    ...surroundings.map(([name, value]) => `${name}: ${line(value)}`),
    '',
    t('This text has no API key, no password, no query of an address, no user name and nothing of your runs in it.'),
    '',
  ].join('\n');
}

/** What came of it, in one sentence. */
export function verdict(findings: readonly Finding[]): string {
  const { t } = vscode.l10n;
  const named = (outcome: Outcome): string =>
    findings
      .filter((finding) => finding.outcome === outcome)
      .map(({ check }) => checkWord(check))
      .join(', ');
  const failed = named('failed');
  const warned = named('warning');
  if (failed) {
    return t('The connection does not work. What failed: {0}. The report says why.', failed);
  }
  return warned
    ? t('The connection works, with a warning: {0}.', warned)
    : t('The connection works. Nothing wrong was found.');
}

/** What a check is called in the report. */
export function checkWord(check: CheckName): string {
  const { t } = vscode.l10n;
  const words: Record<CheckName, string> = {
    address: t('Address'),
    name: t('Name'),
    proxy: t('Proxy'),
    certificate: t('Certificate'),
    answer: t('Answer'),
    key: t('API key'),
    clock: t('Clock'),
  };
  return words[check];
}

function outcomeWord(outcome: Outcome): string {
  const { t } = vscode.l10n;
  const words: Record<Outcome, string> = {
    ok: t('OK'),
    warning: t('WARNING'),
    failed: t('FAILED'),
    skipped: t('SKIPPED'),
  };
  return words[outcome];
}

function line(text: string): string {
  return plain(text, 400);
}
