import type { components } from '../../src/oz/openapi';
import { iso } from './clock';
import { fit, Script, type Step } from './script';
import type { ArtifactItem, OzState, Run, RunState } from './state';
import { beginWork, changeIn, planFor, type Change } from './stories/launched';
import { dependencies, drift, flakyTests, releaseNotes, review } from './stories/routine';
import type { Story } from './stories/story';

/** How an execution goes on, and how it ends. */
export interface Plot {
  steps: Step[];
  artifacts: { at: number; item: ArtifactItem }[];
  end: { state: RunState; status_message?: components['schemas']['RunStatusMessage'] };
}

const SKILL_STORIES: Record<string, Story> = {
  'update-dependencies': dependencies,
  'triage-flaky-tests': flakyTests,
  changelog: releaseNotes,
  'security-review': review,
  'terraform-drift': drift,
};

/**
 * What a launched run does from `start` to `end`. A prompt decides how it ends: `[fail]` FAILED, `[error]` ERROR,
 * `[block]` BLOCKED, anything else SUCCEEDED with a plan and a pull request. Some skills have a story of their own.
 */
export function launchPlot(state: OzState, run: Run, start: number, end: number): Plot {
  const change = changeIn(repositoryOf(state, run));
  const branch = `oz/${slug(run.title)}`;
  const marker = /\[(fail|error|block)\]/i.exec(run.prompt)?.[1]?.toLowerCase();
  const story = SKILL_STORIES[run.agent_skill?.name ?? ''];
  const script = new Script(start, state.random);
  const planUid = state.random.uuid();
  if (story && marker === undefined) {
    story(script, { title: run.title, prompt: promptOf(run) });
    return { steps: fit(script.steps, start, end), artifacts: [], end: { state: 'SUCCEEDED' } };
  }
  script.step('', () => {
    script.user(promptOf(run));
    beginWork(script, run.title, change, planUid, mentionedIn(run.prompt));
    if (marker === undefined) finish(script, run, change, branch);
    else stopAt(marker, script, change, branch);
  });
  return {
    steps: fit(script.steps, start, end),
    ...outcome(state, run, { start, end, change, branch, planUid, marker }),
  };
}

/** What a run answers to a follow-up. */
export function followUpPlot(state: OzState, run: Run, message: string, start: number, end: number): Plot {
  const change = changeIn(repositoryOf(state, run));
  const script = new Script(start, state.random);
  script.step('', () => {
    script.user(message);
    script.read(change.files[0]);
    script.run(change.command, change.passes, { takes: 6 });
    script.say('That is done too, and pushed to the branch of this run. The tests pass.');
  });
  return { steps: fit(script.steps, start, end), artifacts: [], end: { state: 'SUCCEEDED' } };
}

function finish(script: Script, run: Run, change: Change, branch: string): void {
  for (const [title, diff] of change.edits) script.edit(title, [fileOf(diff)], diff);
  script.run(change.command, change.passes, { takes: 8 });
  script.run(
    `git push origin ${branch}`,
    `To github.com:${change.repository}.git\n * [new branch]      ${branch} -> ${branch}`,
  );
  script.act({
    category: 'integration',
    name: 'report_pr',
    input: { title: run.title, branch },
    output: { url: pullRequestUrl(change, run), number: pullRequestNumber(run) },
    takes: 1,
  });
  const link = `[pull request #${pullRequestNumber(run)}](${pullRequestUrl(change, run)})`;
  script.say(
    [`Done, and ${link} is open.`, '', change.found, '', ...change.done.map((line) => `- ${line}`)].join('\n'),
  );
}

function stopAt(marker: string, script: Script, change: Change, branch: string): void {
  if (marker !== 'block') {
    script.run(change.command, change.fails, { exit: 1, takes: 8 });
    return;
  }
  script.act({
    category: 'command',
    name: 'run_command',
    input: { command: `git push origin ${branch}` },
    say: 'The change is ready. Pushing needs your approval.',
  });
}

interface Facts {
  start: number;
  end: number;
  change: Change;
  branch: string;
  planUid: string;
  marker: string | undefined;
}

function outcome(
  state: OzState,
  run: Run,
  { start, end, change, branch, planUid, marker }: Facts,
): Omit<Plot, 'steps'> {
  const stop = (to: RunState, status_message: Plot['end']['status_message']): Omit<Plot, 'steps'> => ({
    artifacts: [],
    end: { state: to, ...(status_message && { status_message }) },
  });
  if (marker === 'block') {
    return stop('BLOCKED', {
      message: `The agent got stuck waiting for user confirmation on the action: git push origin ${branch}`,
    });
  }
  if (marker === 'fail') {
    return stop('FAILED', {
      message: 'The tests still fail after three attempts.',
      error_code: 'agent_process_failed',
      retryable: false,
    });
  }
  if (marker === 'error') {
    return stop('ERROR', {
      message: 'The connection to the model broke off.',
      error_code: 'agent_stream_network_error',
      retryable: true,
    });
  }
  const at = start + (end - start) * 0.25;
  const { title } = run;
  state.artifacts.set(planUid, {
    kind: 'PLAN',
    uid: planUid,
    createdAt: at,
    documentUid: planUid,
    title,
    content: planFor(title, change),
  });
  const plan: ArtifactItem = {
    artifact_type: 'PLAN',
    created_at: iso(at),
    data: { artifact_uid: planUid, document_uid: planUid, title },
  };
  const pull: ArtifactItem = {
    artifact_type: 'PULL_REQUEST',
    created_at: iso(end),
    data: { url: pullRequestUrl(change, run), branch, status: 'open' },
  };
  return {
    artifacts: [
      { at, item: plan },
      { at: end, item: pull },
    ],
    end: { state: 'SUCCEEDED' },
  };
}

/** A skill can be run without a prompt of its own. */
const promptOf = ({ prompt, title }: Run): string => (prompt.trim() === '' ? title : prompt);

function repositoryOf(state: OzState, run: Run): string {
  const environment = state.environments.find(({ uid }) => uid === run.agent_config?.environment_id);
  const first = environment?.config.github_repos?.[0];
  return first ? `${first.owner}/${first.repo}` : 'acme/storefront';
}

/** Paths of source files in a prompt, as a launch from a selection has them. */
function mentionedIn(prompt: string): string[] {
  return [...new Set(prompt.match(/\b[\w-]+(?:\/[\w.-]+)*\.(?:[cm]?[jt]sx?|go|py|rs|md)\b/g) ?? [])].slice(0, 3);
}

const fileOf = (diff: string): string => /^\+\+\+ b\/(.*)$/m.exec(diff)?.[1] ?? '';

function slug(text: string): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? ['run'];
  return words.slice(0, 6).join('-').slice(0, 40);
}

const pullRequestNumber = (run: Run): number => 1852 + (Number.parseInt(run.run_id.slice(0, 4), 16) % 100);

const pullRequestUrl = (change: Change, run: Run): string =>
  `https://github.com/${change.repository}/pull/${pullRequestNumber(run)}`;
