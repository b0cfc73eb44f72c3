import type { Run } from '../oz/types';
import { branchesOf } from './branchOf';
import { cutText } from './cutText';
import { fenced } from './markdownCode';
import { pullRequestsOf } from './pullRequests';
import { promptOf } from './runAgain';
import type { ChangedFile, RunOutcome } from './runOutcome';
import { inOneLine } from './selectionPrompt';
import { repositoryName } from './skillSpec';

/** A run that a launch is told of. */
export interface AttachedRun {
  run: Run;
  /** Where it can be seen. */
  url: string;
  /** Undefined where its conversation could not be read. */
  outcome?: RunOutcome;
}

/** Characters of all final messages and prompts together, of the beginning of one prompt, and files that are named. */
const mostText = 60_000;
const mostPrompt = 2000;
const mostFiles = 100;

/**
 * The prompt of a launch that is told of other runs: what the person wrote, then of each run what it was told and what it
 * came to, in fences that nothing inside can close. What is left out is said.
 */
export function runPrompt(words: string, runs: readonly AttachedRun[]): string {
  const share = Math.floor(mostText / Math.max(1, runs.length));
  return [words, ...runs.map((attached) => aboutRun(attached, share))].filter(Boolean).join('\n\n');
}

function aboutRun({ run, url, outcome }: AttachedRun, share: number): string {
  const repositories = new Set(branchesOf(run).map(({ repository }) => repositoryName(repository)));
  const pulls = pullRequestsOf(run);
  const facts: (readonly [string, string | undefined])[] = [
    ['Earlier run', run.title || run.run_id],
    ['State', run.state],
    ['Page', url],
    ...[...repositories].map((name) => ['Repository', name] as const),
    ...pulls.flatMap(({ url: page, branch }) => [['Branch', branch] as const, ['Pull request', page] as const]),
    ['Error', run.state === 'SUCCEEDED' ? undefined : run.status_message?.message],
  ];
  const told = promptOf(run) || run.prompt;
  return [
    facts.flatMap(([name, value]) => (value ? [`${name}: ${inOneLine(cutText(value, 500).head)}`] : [])).join('\n'),
    ...textPart('It was told', told, Math.min(mostPrompt, share)),
    ...textPart('It said at the end', outcome?.final ?? '', share),
    ...filesPart(outcome?.files ?? []),
  ].join('\n\n');
}

function textPart(title: string, text: string, most: number): string[] {
  const { head, left } = cutText(text.trim(), most);
  return head === ''
    ? []
    : [`${title}${left > 0 ? ` (${left} more characters are left out)` : ''}:\n\n${fenced(head)}`];
}

function filesPart(files: readonly ChangedFile[]): string[] {
  const more = files.length - mostFiles;
  const lines = files
    .slice(0, mostFiles)
    .map(({ path, what, added, removed }) => `${inOneLine(path)} (${what}, +${added} -${removed})`);
  return files.length === 0
    ? []
    : [`It changed these files:\n\n${fenced([...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'))}`];
}
