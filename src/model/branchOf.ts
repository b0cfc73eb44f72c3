import type { Run } from '../oz/types';
import { type PullRequest, pullRequestsOf } from './pullRequests';
import { type GitHubRepository, gitHubRepository } from './skillSpec';

/** A branch that a run made, and the repository on GitHub that it is in. */
export interface RunBranch extends PullRequest {
  repository: GitHubRepository;
}

/** The branches of a run's pull requests on GitHub, each once; of other hosts nothing says which remote they are in. */
export function branchesOf(run: Run): RunBranch[] {
  const branches = pullRequestsOf(run).flatMap((pull) => {
    const repository = repositoryOf(pull.url);
    return repository && pull.branch !== '' ? [{ ...pull, repository }] : [];
  });
  const names = new Map(branches.map((one) => [`${one.repository.owner}/${one.repository.repo} ${one.branch}`, one]));
  return [...names.values()];
}

/** The repository of a pull request's page. */
function repositoryOf(url: string): GitHubRepository | undefined {
  const [, repository] = /^(https:\/\/(?:www\.)?github\.com\/[^/?#]+\/[^/?#]+)\/pull\/\d+/i.exec(url) ?? [];
  return gitHubRepository(repository);
}
