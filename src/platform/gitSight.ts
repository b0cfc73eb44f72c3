import { lstat, realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { CloudBranch, CloudCopy, RepositoryState } from '../model/cloudSight';
import { gitHubRemotes, otherHost, remotesOf } from './gitRemotes';
import type { RunGit } from './runGit';

/** What Git says of a file or folder, and of how much the cloud can see of it. */
export interface GitSight extends RepositoryState {
  /** The root of the repository's work tree on this machine. */
  root: string;
  /** There are changes that are not committed, new files included. */
  isChanged: boolean;
  /** How what is committed here compares with what the remote has: `cloud`, else the branch there that this one follows. */
  copy: CloudCopy;
  /** Undefined where there is nothing to push, or nowhere to. */
  pushTarget?: PushTarget;
}

export interface PushTarget {
  remote: string;
  /** Both sides in full: a tag may have the branch's name. */
  refspec: string;
  /** The branch at the remote. */
  branch: string;
  /** The branch follows none yet. */
  setsUpstream: boolean;
}

export interface SightOptions {
  /** What stands beside the file belongs to it. */
  withFolder?: boolean;
  /** The name of the remote to go by, where it leads to GitHub, for the root of the repository. */
  remote?: (root: string) => string | undefined;
  signal?: AbortSignal;
}

/** The branch of a remote that the one here goes with. */
interface Counterpart {
  /** In full. */
  ref: string;
  name: string;
}

/** Asks one thing of Git in one folder: its answer without the line's end, or undefined when it said no. */
type Ask = (...args: string[]) => Promise<string | undefined>;

/**
 * What Git says of a file or folder; undefined where it finds no work tree around it. By what was last fetched or pushed:
 * nothing is asked of a remote.
 * @throws when Git cannot be started, was stopped by the signal, or the file is not there
 */
export async function readGitSight(
  git: RunGit,
  file: string,
  { withFolder = false, remote: wished, signal }: SightOptions = {},
): Promise<GitSight | undefined> {
  const isFolder = (await stat(file)).isDirectory();
  // Git itself goes by real folders: the ones above may be links. The file's own name stays, since a link is committed as one.
  const folder = await realpath(isFolder ? file : path.dirname(file));
  const ask: Ask = async (...args) => {
    const { code, stdout } = await git(args, folder, signal);
    return code === 0 ? stdout.replace(/\r?\n$/, '') : undefined;
  };
  const [top, prefix = ''] = await Promise.all([
    ask('rev-parse', '--show-toplevel'),
    ask('rev-parse', '--show-prefix'),
  ]);
  if (!top) {
    return undefined;
  }
  const root = path.resolve(top);
  const filePath = isFolder ? prefix.replace(/\/$/, '') : prefix + path.basename(file);
  const wanted = withFolder && !isFolder ? prefix.replace(/\/$/, '') : filePath;
  const target = isFolder ? undefined : await linkTarget(file, root);
  const paths = [wanted, ...(target === undefined ? [] : [target.inRoot])];
  const own = isFolder ? '.' : `./${path.basename(file)}`;
  const asked = [withFolder ? '.' : own, ...(target?.isInside ? [path.relative(folder, target.file)] : [])];
  const [head, commit, remotes, status, isIgnored] = await Promise.all([
    ask('symbolic-ref', '--quiet', 'HEAD'),
    ask('rev-parse', '--verify', '--quiet', 'HEAD^{commit}'),
    remotesOf(git, folder, signal),
    ask('--literal-pathspecs', 'status', '--porcelain', '-z', '--untracked-files=normal', '--', ...asked),
    ask('check-ignore', '--quiet', '--', own),
  ]);
  const branch = head?.replace(/^refs\/heads\//, '');
  const upstream = branch === undefined ? undefined : await upstreamOf(ask, branch);
  const [remote, ...others] = gitHubRemotes(remotes, wished?.(root), upstream?.remote);
  const there = branch === undefined || !remote ? undefined : await counterpart(ask, remote.name, branch, upstream);
  const [cloud, ahead, isCommitPushed, upstreamCommit] = await Promise.all([
    remote && cloudBranch(ask, remote.name),
    there && commit !== undefined ? aheadOf(ask, there.ref) : undefined,
    branch === undefined && remote ? isAtRemote(ask, remote.name, commit) : undefined,
    there && ask('rev-parse', '--verify', '--quiet', `${there.ref}^{commit}`),
  ]);
  const copy = await copyAt(ask, cloud?.ref ?? there?.ref, { main: filePath, paths });
  // A name like that would be taken for an option.
  const isSafeRemote = remote && !remote.name.startsWith('-');
  const isPushable = isSafeRemote && branch !== undefined && commit !== undefined && (!there || Boolean(ahead));
  return {
    root,
    path: filePath || undefined,
    remote: remote?.name,
    gitHub: remote?.gitHub,
    otherRemotes: others.map(({ name, gitHub }) => ({ name, gitHub })),
    host: remote ? undefined : otherHost(remotes, upstream?.remote),
    branch,
    commit,
    upstream: there && remote && `${remote.name}/${there.name}`,
    upstreamCommit,
    isUpstreamGone: upstream !== undefined && !there && upstream.remote === remote?.name,
    ahead,
    cloud: cloud && { branch: cloud.branch, commit: cloud.commit },
    isCommitPushed,
    isIgnored: isIgnored !== undefined,
    // Where Git fails to say it, nobody may rely on what is committed.
    isChanged: status !== '',
    copy,
    pushTarget: isPushable
      ? { remote: remote.name, refspec: `${local(branch)}:${local(branch)}`, branch, setsUpstream: !upstream }
      : undefined,
  };
}

/** The file that a link leads to, which the cloud needs too; one outside of the repository has a path that no commit has. */
async function linkTarget(
  file: string,
  root: string,
): Promise<{ file: string; inRoot: string; isInside: boolean } | undefined> {
  if (!(await lstat(file)).isSymbolicLink()) {
    return undefined;
  }
  const target = await realpath(file);
  const relative = path.relative(await realpath(root), target);
  const isInside = relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  return { file: target, inRoot: relative.split(path.sep).join('/'), isInside };
}

/** The branch that one here follows; of one that follows another one here, undefined. */
async function upstreamOf(
  ask: Ask,
  branch: string,
): Promise<(Counterpart & { remote: string; isGone: boolean }) | undefined> {
  const format = ['%(upstream)', '%(upstream:remotename)', '%(upstream:remoteref)', '%(upstream:track,nobracket)'];
  const answer = await ask('for-each-ref', '--count=1', `--format=${format.join('%00')}`, local(branch));
  const [ref, remote, there, track] = (answer ?? '').split('\0');
  return ref && remote && there && remote !== '.'
    ? { ref, remote, name: there.replace(/^refs\/heads\//, ''), isGone: track === 'gone' }
    : undefined;
}

/** The branch of the same name, or else the one that is followed, as far as it is known of the remote. */
async function counterpart(
  ask: Ask,
  remote: string,
  branch: string,
  upstream: (Counterpart & { remote: string; isGone: boolean }) | undefined,
): Promise<Counterpart | undefined> {
  const followed = upstream?.remote === remote && !upstream.isGone ? upstream : undefined;
  if (followed?.name === branch) {
    return followed;
  }
  const ref = `refs/remotes/${remote}/${branch}`;
  const isThere = (await ask('rev-parse', '--verify', '--quiet', `${ref}^{commit}`)) !== undefined;
  return isThere ? { ref, name: branch } : followed;
}

/** Where a fresh clone starts, if Git was told. */
async function cloudBranch(ask: Ask, remote: string): Promise<(CloudBranch & { ref: string }) | undefined> {
  const name = `refs/remotes/${remote}/HEAD`;
  const [ref, commit] = await Promise.all([
    ask('symbolic-ref', '--quiet', name),
    ask('rev-parse', '--verify', '--quiet', `${name}^{commit}`),
  ]);
  const before = `refs/remotes/${remote}/`;
  return ref?.startsWith(before) && commit ? { ref, branch: ref.slice(before.length), commit } : undefined;
}

/** How many commits the ref does not have. */
async function aheadOf(ask: Ask, ref: string): Promise<number | undefined> {
  const answer = await ask('rev-list', '--count', `${ref}..HEAD`, '--');
  return answer ? Number(answer) : undefined;
}

async function isAtRemote(ask: Ask, remote: string, commit: string | undefined): Promise<boolean> {
  return (
    commit !== undefined &&
    Boolean(await ask('for-each-ref', '--count=1', '--contains', commit, `refs/remotes/${remote}/`))
  );
}

/** Compares by the numbers that Git gives to contents: of a folder that is everything in it. */
async function copyAt(
  ask: Ask,
  ref: string | undefined,
  { main, paths }: { main: string; paths: readonly string[] },
): Promise<CloudCopy> {
  const contentOf = (at: string, filePath: string): Promise<string | undefined> =>
    ask('rev-parse', '--verify', '--quiet', `${at}:${filePath}`);
  if ((await contentOf(ref ?? 'HEAD', main)) === undefined) {
    // A partial clone may not have what it would have to look into.
    const isHere = ref === undefined || (await ask('cat-file', '-e', `${ref}^{tree}`)) !== undefined;
    return isHere ? 'missing' : 'unknown';
  }
  if (ref === undefined) {
    return 'unknown';
  }
  const same = await Promise.all(
    paths.map(async (one) => {
      const [here, there] = await Promise.all([contentOf('HEAD', one), contentOf(ref, one)]);
      return here !== undefined && here === there;
    }),
  );
  return same.every(Boolean) ? 'same' : 'different';
}

function local(branch: string): string {
  return `refs/heads/${branch}`;
}
