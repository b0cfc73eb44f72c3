import type { SkillSight, WorkspaceSkill } from './workspaceSkill';

/** What Git says of a skill; nothing where it was not asked, or did not answer. */
export interface SeenSkill {
  readonly sight?: SkillSight;
  readonly spec?: string;
}

/** A SKILL.md that was read. */
export interface SkillEntry {
  readonly skill: Omit<WorkspaceSkill, 'sight' | 'spec'>;
  /** The same for two addresses that lead to one file. */
  readonly file: string;
  /** Where Git knows it on this machine; undefined where Git cannot look. */
  readonly gitPath?: string;
}

interface Shown {
  of: SkillEntry;
  skill: WorkspaceSkill;
  /** What the list goes by. A collator would take longer than others should have to wait. */
  key: string;
}

/** The SKILL.md files that were read, by their addresses. */
export class SkillEntries {
  readonly #entries = new Map<string, SkillEntry>();
  #seen: ReadonlyMap<string, SeenSkill> = new Map<string, SeenSkill>();
  /** All folders that they are in, as far as somebody asked since the last change. */
  #folders: Set<string> | undefined;
  #shown = new Map<string, Shown>();

  get addresses(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Where Git knows them, by their addresses. */
  get gitPaths(): Map<string, string> {
    const paths = new Map<string, string>();
    for (const [uri, { gitPath }] of this.#entries) {
      if (gitPath !== undefined) {
        paths.set(uri, gitPath);
      }
    }
    return paths;
  }

  /** Those that are one of these addresses, or in a folder that is one. Quick where there is none. */
  at(places: ReadonlySet<string>): string[] {
    this.#folders ??= new Set(this.addresses.flatMap(foldersAbove));
    const folders = this.#folders;
    const isKnown = [...places].some((place) => folders.has(place) || this.#entries.has(place));
    return isKnown
      ? this.addresses.filter((uri) => places.has(uri) || foldersAbove(uri).some((folder) => places.has(folder)))
      : [];
  }

  has(uri: string): boolean {
    return this.#entries.has(uri);
  }

  /** One that is as before changes nothing. */
  put(entry: SkillEntry): void {
    const { uri } = entry.skill;
    const before = this.#entries.get(uri);
    if (JSON.stringify(entry) !== JSON.stringify(before)) {
      this.#entries.set(uri, entry);
      this.#folders = before && this.#folders;
    }
  }

  delete(uri: string): void {
    this.#entries.delete(uri);
    this.#folders = undefined;
  }

  /** What Git says of them, by their addresses. */
  see(seen: ReadonlyMap<string, SeenSkill>): void {
    this.#seen = seen;
  }

  /** By name, then by path. One of several that are the same file; one that stayed as it was is the same object. */
  list(): WorkspaceSkill[] {
    const files = new Map<string, SkillEntry>();
    for (const entry of this.#entries.values()) {
      const other = files.get(entry.file);
      if (!other || isBetter(entry, other)) {
        files.set(entry.file, entry);
      }
    }
    const shown = new Map<string, Shown>();
    for (const entry of files.values()) {
      const { uri, name } = entry.skill;
      const { sight, spec } = this.#seen.get(uri) ?? {};
      const before = this.#shown.get(uri);
      const isSame = before?.of === entry && before.skill.sight === sight && before.skill.spec === spec;
      shown.set(uri, isSame ? before : { of: entry, skill: { ...entry.skill, sight, spec }, key: name.toLowerCase() });
    }
    this.#shown = shown;
    return [...shown.values()].sort(byNameAndPath).map(({ skill }) => skill);
  }
}

function foldersAbove(address: string): string[] {
  const folders: string[] = [];
  for (let end = address.lastIndexOf('/'); end > 0; end = address.lastIndexOf('/', end - 1)) {
    folders.push(address.slice(0, end));
  }
  return folders;
}

/** The service finds the one in a skill folder; the file itself is better than a link to it. */
function isBetter(a: SkillEntry, b: SkillEntry): boolean {
  if (a.skill.isInSkillFolder !== b.skill.isInSkillFolder) {
    return a.skill.isInSkillFolder;
  }
  const [isA, isB] = [a, b].map(({ file, skill }) => file === skill.uri);
  return isA === isB ? a.skill.path < b.skill.path : isA === true;
}

function byNameAndPath(a: Shown, b: Shown): number {
  return compare(a.key, b.key) || compare(a.skill.path, b.skill.path) || compare(a.skill.uri, b.skill.uri);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
