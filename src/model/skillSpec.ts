/** A repository on GitHub, with the case that its remote's URL has. */
export interface GitHubRepository {
  owner: string;
  repo: string;
}

/** Folders whose `skills/<name>/SKILL.md` the service finds by itself, in a repository's root or in any folder of it. */
export const skillRoots: ReadonlySet<string> = new Set([
  '.agents',
  '.warp',
  '.claude',
  '.codex',
  '.cursor',
  '.gemini',
  '.copilot',
  '.factory',
  '.github',
  '.opencode',
  '.kiro',
]);

export const skillFileName = 'SKILL.md';

const url = /^(?:https?|ssh|git|git\+ssh):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/i;
const scpLike = /^(?:[^@/:]+@)?([^/:]+):(?!\/\/)\/?(.+)$/;
const windowsPath = /^[a-z]:[\\/]/i;
const gitHubHost = /^(?:www\.|ssh\.)?github\.com$/i;
/** The usual name of a second account's entry in an SSH configuration. */
const gitHubAlias = /^github\.com-[\w-]+$/i;
const ownerAndRepo = /^([\w-]+)\/([\w.-]+?)(?:\.git)?\/*$/;

/** Reads the repository from a remote's URL in any form that Git takes; undefined when it is not on github.com. */
export function gitHubRepository(remoteUrl: string | undefined): GitHubRepository | undefined {
  const { host = '', path = '' } = readUrl(remoteUrl) ?? {};
  const [, owner, repo] = ownerAndRepo.exec(path) ?? [];
  const isOnGitHub = gitHubHost.test(host) || (gitHubAlias.test(host) && !/^(?:https?|git):/i.test(remoteUrl ?? ''));
  return isOnGitHub && owner && repo && repo !== '.' && repo !== '..' ? { owner, repo } : undefined;
}

/** The host that a remote's URL leads to; undefined for a folder of this machine. */
export function remoteHost(remoteUrl: string | undefined): string | undefined {
  return readUrl(remoteUrl)?.host;
}

function readUrl(remoteUrl: string | undefined): { host: string; path: string } | undefined {
  const text = remoteUrl?.trim() ?? '';
  const [, host, path] = url.exec(text) ?? (windowsPath.test(text) ? [] : scpLike.exec(text)) ?? [];
  return host && path ? { host, path } : undefined;
}

/** GitHub names repositories without regard to case. */
export function isSameRepository(a: GitHubRepository, b: GitHubRepository): boolean {
  return repositoryName(a).toLowerCase() === repositoryName(b).toLowerCase();
}

export function repositoryName({ owner, repo }: GitHubRepository): string {
  return `${owner}/${repo}`;
}

/**
 * What a launch calls a skill in a repository: `owner/repo:path/to/SKILL.md`.
 * @param path the file's path from the repository's root, with `/`
 */
export function skillSpec(repository: GitHubRepository, path: string): string {
  return `${repositoryName(repository)}:${path}`;
}

/** The same for two specs of one skill: GitHub names repositories without regard to case, and files with it. */
export function specKey(spec: string): string {
  const colon = spec.indexOf(':');
  return spec.slice(0, colon).toLowerCase() + spec.slice(colon);
}

/** Where a skill is: the repository, and the file's path in it unless only the skill's name is known. */
export interface SkillPlace {
  repository: GitHubRepository;
  path?: string;
}

/** Reads `owner/repo:path/to/SKILL.md` or `owner/repo:name`; undefined for others. A path never leads out of the repository. */
export function skillPlace(spec: string): SkillPlace | undefined {
  const [, owner, repo, rest = ''] = /^([\w-]+)\/([\w.-]+):(.+)$/.exec(spec) ?? [];
  if (!owner || !repo || repo === '.' || repo === '..') {
    return undefined;
  }
  const segments = rest.split('/');
  const isPath =
    segments.at(-1) === skillFileName &&
    segments.every((segment) => !['', '.', '..'].includes(segment) && !/[\\\p{Surrogate}]/u.test(segment));
  return { repository: { owner, repo }, ...(isPath && { path: rest }) };
}

/** The page of a skill's file on its default branch, or that of its repository. */
export function skillPage({ repository, path }: SkillPlace): string {
  const page = `https://github.com/${repositoryName(repository)}`;
  return path === undefined ? page : `${page}/blob/HEAD/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** True for a file that the service finds as a skill; others run by their full path only. */
export function isInSkillFolder(path: string): boolean {
  const [file, name, skills, root] = path.split('/').reverse();
  return file === skillFileName && Boolean(name) && skills === 'skills' && skillRoots.has(root ?? '');
}
