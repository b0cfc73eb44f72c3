import { type GitHubRepository, gitHubRepository, isSameRepository, remoteHost } from '../model/skillSpec';
import type { RunGit } from './runGit';

/** A remote of a repository. */
export interface Remote {
  name: string;
  /** Undefined when it is not on github.com. */
  gitHub?: GitHubRepository;
  /** Undefined for a folder of this machine. */
  host?: string;
}

/** The remotes by their names, in the order in which they are configured. */
export async function remotesOf(git: RunGit, folder: string, signal?: AbortSignal): Promise<Remote[]> {
  const [shown, configured] = await Promise.all([
    git(['remote', '--verbose'], folder, signal),
    git(['config', '--null', '--get-regexp', '^remote\\..*\\.url$'], folder, signal),
  ]);
  const urls = new Map<string, string[]>();
  const add = (name: string, url: string): void => {
    urls.set(name, [...(urls.get(name) ?? []), url]);
  };
  // As `insteadOf` makes them: that is where Git goes.
  for (const line of shown.stdout.split('\n')) {
    const [, name, url] = /^([^\t]+)\t(.+) \((?:fetch|push)\)/.exec(line) ?? [];
    if (name !== undefined && url !== undefined) {
      add(name, url);
    }
  }
  // As they are written: a mirror may stand in for GitHub here, which nobody else goes through.
  for (const entry of configured.stdout.split('\0')) {
    const end = entry.indexOf('\n');
    if (end > 0) {
      add(entry.slice('remote.'.length, end - '.url'.length), entry.slice(end + 1));
    }
  }
  return [...urls].map(([name, own]) => ({
    name,
    gitHub: own.map(gitHubRepository).find((gitHub) => gitHub !== undefined),
    host: own.map(remoteHost).find((host) => host !== undefined),
  }));
}

/**
 * The remotes that lead to GitHub, one for each repository, beginning with the one to go by: that which a person wished for,
 * that of the branch, `origin`, the others.
 */
export function gitHubRemotes(
  remotes: readonly Remote[],
  wished: string | undefined,
  ofBranch: string | undefined,
): (Remote & { gitHub: GitHubRepository })[] {
  const rank = ({ name }: Remote): number => {
    const at = [wished, ofBranch, 'origin'].indexOf(name);
    return at < 0 ? 3 : at;
  };
  return remotes
    .flatMap((remote) => (remote.gitHub ? [{ ...remote, gitHub: remote.gitHub }] : []))
    .sort((a, b) => rank(a) - rank(b))
    .filter(({ gitHub }, index, all) => all.findIndex((one) => isSameRepository(one.gitHub, gitHub)) === index);
}

/** Where the repository is instead of GitHub: the host of the remote that would be gone by. */
export function otherHost(remotes: readonly Remote[], ofBranch: string | undefined): string | undefined {
  const named = (name: string | undefined): string | undefined => remotes.find((remote) => remote.name === name)?.host;
  return named(ofBranch) ?? named('origin') ?? remotes.find(({ host }) => host !== undefined)?.host;
}
