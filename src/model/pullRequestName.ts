/** `owner/repository #12` of a pull or merge request's address on GitHub, GitLab, Bitbucket and the services like them. */
export function pullRequestName(url: string): string | undefined {
  const [, repository, number] =
    /^https?:\/\/[^/]+\/([^?#]+?)\/(?:-\/)?(?:pull|pulls|pull-requests|merge_requests)\/(\d+)/.exec(url) ?? [];
  return repository !== undefined && number !== undefined ? `${repository} #${number}` : undefined;
}
