import type { Run } from '../oz/types';

export interface PullRequest {
  url: string;
  /** Empty when the service does not say. */
  branch: string;
}

/** The pull requests that came of a run, each once. */
export function pullRequestsOf(run: Run): PullRequest[] {
  const pulls = (run.artifacts ?? []).flatMap((artifact) =>
    artifact.artifact_type === 'PULL_REQUEST' ? [{ url: artifact.data.url, branch: artifact.data.branch }] : [],
  );
  return [...new Map(pulls.map((pull) => [pull.url, pull])).values()];
}
