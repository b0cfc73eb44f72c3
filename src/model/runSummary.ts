import type { Run } from '../oz/types';
import { branchesOf } from './branchOf';
import type { Question } from './conversationAgents';
import { cutText } from './cutText';
import { closedFences, codeSpan } from './markdownCode';
import { demoteHeadings } from './markdownHeadings';
import { pullRequestsOf } from './pullRequests';
import type { ChangedFile, RunOutcome } from './runOutcome';

/** The words that a summary is written in, for people. */
export interface SummaryWords {
  t: (words: string, ...values: (string | number)[]) => string;
  runTitle: (run: Run) => string;
  stateWord: (state: Run['state']) => string;
  exactTime: (iso: string | undefined) => string;
  credits: (run: Run) => string;
  /** Shows what cannot be seen, and leaves lines. */
  visible: (text: string) => string;
  /** In one line, without what an editor would read more into. */
  line: (text: string, maxLength: number) => string;
}

export interface SummaryFacts {
  run: Run;
  /** Where it can be seen in the browser. */
  url: string;
  /** Undefined where it has no conversation that could be read. */
  outcome?: RunOutcome;
  plans: readonly { title: string; text: string }[];
}

/** Characters of one text, and files that are named. */
const mostText = 20_000;
const mostFiles = 200;
const mostQuestions = 20;

/** What a run came to, as a Markdown document: in which order a person who goes on with it wants to know. */
export function runSummary({ run, url, outcome, plans }: SummaryFacts, words: SummaryWords): string {
  const { t } = words;
  const failure = run.state === 'SUCCEEDED' ? '' : (run.status_message?.message ?? '').trim();
  const facts = [words.stateWord(run.state), words.exactTime(run.updated_at), words.credits(run)].filter(Boolean);
  const parts = [
    `# ${words.runTitle(run)}`,
    facts.join(' · '),
    [...placeLines(run, words), t('Run: {0}', `<${url}>`)].join('  \n'),
    ...(failure === '' ? [] : [`> ${words.line(failure, 2000)}`]),
    ...section(t('Outcome'), outcome ? [markdown(outcome.final, words)] : [t('Its conversation could not be read.')]),
    ...section(
      t('Not answered yet'),
      (outcome?.questions ?? []).slice(0, mostQuestions).map((one) => asked(one, words)),
    ),
    ...section(t('Changed files'), fileLines(outcome?.files ?? [], words)),
    ...plans.flatMap(({ title, text }) =>
      section(t('Plan: {0}', words.line(title, 120) || t('no title')), [markdown(text, words)]),
    ),
    ...section(t('Prompt'), [quoted(run.prompt, words)]),
  ];
  return parts.join('\n\n').concat('\n');
}

function section(title: string, parts: readonly string[]): string[] {
  const filled = parts.filter(Boolean);
  return filled.length === 0 ? [] : [`## ${title}`, filled.join('\n')];
}

function placeLines(run: Run, { t, line }: SummaryWords): string[] {
  const branches = branchesOf(run);
  const names = new Set(branches.map(({ branch }) => branch));
  return [
    ...[...names].map((branch) => t('Branch: {0}', codeSpan(line(branch, 120)))),
    ...pullRequestsOf(run).map(({ url }) => t('Pull request: {0}', link(url, line))),
  ];
}

/** An address of the web as a link, anything else as code. */
function link(url: string, line: SummaryWords['line']): string {
  return /^https:\/\/[^\s<>]+$/.test(url) ? `<${url}>` : codeSpan(line(url, 300));
}

function asked({ text, options }: Question, { line }: SummaryWords): string {
  return [`- ${line(text, 1000)}`, ...options.slice(0, 10).map((option) => `  - ${line(option, 300)}`)].join('\n');
}

function fileLines(files: readonly ChangedFile[], { t, line }: SummaryWords): string[] {
  const more = files.length - mostFiles;
  const mark = { edited: '', renamed: '', created: t('new'), deleted: t('deleted') };
  const lines = files.slice(0, mostFiles).map(({ path, what, added, removed }) => {
    const facts = [mark[what], added > 0 ? `+${added}` : '', removed > 0 ? `−${removed}` : ''].filter(Boolean);
    return `- ${[codeSpan(line(path, 300)), ...facts].join(' ')}`;
  });
  return more > 0 ? [...lines, t('and {0} more', more)] : lines;
}

/** Under the headings of the document, and whole by itself: what it leaves open would swallow the rest. */
function markdown(text: string, { t, visible }: SummaryWords): string {
  const { head, left } = cutText(text.trim(), mostText);
  const kept = closedFences(demoteHeadings(visible(head), 2));
  return left === 0 ? kept : `${kept}\n\n${t('… and {0} more characters.', left)}`;
}

function quoted(text: string, words: SummaryWords): string {
  const { head, left } = cutText(text.trim(), 4000);
  const lines = head === '' ? [] : words.visible(head).split('\n');
  return [...lines, ...(left > 0 ? [words.t('… and {0} more characters.', left)] : [])]
    .map((one) => `> ${one}`.trimEnd())
    .join('\n');
}
