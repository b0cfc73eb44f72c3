import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { CloudSkill } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
import { isKeyBad, type LoadStatus, statusAfter } from './loadStatus';
import { timeOf } from './serviceTime';
import { SharedCall } from './sharedCall';
import { type KnownRuns, SkillRuns } from './skillRuns';
import { specKey } from './skillSpec';

/** How long a reading is good, in milliseconds: skills change with commits, and the service itself answers from a cache. */
const freshFor = 300_000;
/** How long after a failure nobody asks by himself, in milliseconds. */
const restAfterFailure = 60_000;

/** A skill in one place. */
export type CloudVariant = CloudSkill['variants'][number];

export type SkillOrder = 'name' | 'lastRun';

/**
 * The skills that the service finds in the repositories of the environments. What is on hand stays when reading fails. When each
 * was last run is told by the runs known here too: the list of the service is read seldom.
 */
export class CloudSkills implements Disposable {
  readonly #client: Pick<OzClient, 'listSkills'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #changed = new Emitter<undefined>();
  readonly #statusChanged = new Emitter<undefined>();
  readonly #reading = new SharedCall<void>();
  readonly #runs: SkillRuns;
  #listed: readonly CloudSkill[] = [];
  #skills: readonly CloudSkill[] = [];
  #bySpec = new Map<string, CloudVariant>();
  #content = '';
  #status: LoadStatus = { kind: 'starting' };
  #lastGood: number | undefined;
  #notBefore = -Infinity;
  #isLookingAgain = false;
  #abort = new AbortController();

  /** `all` is another list. */
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeStatus = this.#statusChanged.event;

  constructor(client: Pick<OzClient, 'listSkills'>, clock: Pick<Clock, 'now'>, runs: KnownRuns) {
    this.#client = client;
    this.#clock = clock;
    this.#runs = new SkillRuns(runs, (specs) => {
      this.#ranLater(specs);
    });
  }

  get status(): LoadStatus {
    return this.#status;
  }

  /** One for each name, in no particular order; malformed ones too: their variants have an `error`. */
  get all(): readonly CloudSkill[] {
    return this.#skills;
  }

  get size(): number {
    return this.#skills.length;
  }

  /** The skill at this place, `owner/repo:path/to/SKILL.md`; the repository may be written in another case. */
  bySpec(spec: string): CloudVariant | undefined {
    return this.#bySpec.get(specKey(spec));
  }

  /**
   * Reads the skills unless they were read within some minutes. After a failure it waits as long as the service asks, and with a
   * key that is missing or refused for another one. Never rejects: what went wrong is in `status`.
   */
  async keepFresh(): Promise<void> {
    if (!isKeyBad(this.#status) && this.#clock.now() >= this.#notBefore) {
      await this.#reading.join(() => this.#read(false));
    }
  }

  /** Has the service look through the repositories again, for a person who waits for it. Never rejects. */
  async refresh(): Promise<void> {
    if (!this.#isLookingAgain) {
      // What is under way may be answered from the cache, which is not what was asked for.
      this.#abandon();
    }
    await this.#reading.join(() => this.#read(true));
  }

  /** Another key or base URL: everything is forgotten, and answers under way are ignored. */
  reset(): void {
    this.#abandon();
    this.#lastGood = undefined;
    this.#notBefore = -Infinity;
    this.#adopt([]);
    this.#setStatus({ kind: 'starting' });
  }

  dispose(): void {
    this.#abort.abort();
    this.#runs.dispose();
    this.#changed.dispose();
    this.#statusChanged.dispose();
  }

  #abandon(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#reading.forget();
    this.#isLookingAgain = false;
  }

  async #read(isLookingAgain: boolean): Promise<void> {
    const { signal } = this.#abort;
    this.#isLookingAgain = isLookingAgain;
    if (this.#status.kind === 'starting' || this.#status.kind === 'noKey') {
      this.#setStatus({ kind: 'loading' });
    }
    try {
      const query = { include_malformed_skills: true, ...(isLookingAgain && { refresh: true }) };
      const skills = await this.#client.listSkills(query, signal);
      signal.throwIfAborted();
      this.#lastGood = this.#clock.now();
      this.#notBefore = this.#lastGood + freshFor;
      this.#adopt(skills);
      this.#setStatus({ kind: 'ready' });
    } catch (error) {
      if (!signal.aborted) {
        const status = statusAfter(error, this.#lastGood);
        const asked = status.kind === 'failed' ? (status.problem.facts.retryAfter ?? 0) : 0;
        this.#notBefore = this.#clock.now() + Math.max(restAfterFailure, asked);
        this.#setStatus(status);
      }
    } finally {
      if (!signal.aborted) {
        this.#isLookingAgain = false;
      }
    }
  }

  #adopt(listed: readonly CloudSkill[]): void {
    const content = JSON.stringify(listed);
    if (content === this.#content || (listed.length === 0 && this.#skills.length === 0)) {
      return;
    }
    this.#content = content;
    this.#listed = oneForEachName(listed);
    this.#takeOver();
  }

  #ranLater(specs: readonly string[]): void {
    const variants = specs.flatMap((spec) => this.bySpec(spec) ?? []);
    if (variants.some((variant) => this.#asRun(variant) !== variant)) {
      this.#takeOver();
    }
  }

  #takeOver(): void {
    this.#skills = this.#listed.map(({ name, variants }) => ({
      name,
      variants: variants.map((variant) => this.#asRun(variant)),
    }));
    this.#bySpec = new Map(
      this.#skills.flatMap(({ variants }) => variants.map((variant) => [specKey(variant.id), variant])),
    );
    this.#changed.fire(undefined);
  }

  /** The same object where no run known here is later than what it says. */
  #asRun(variant: CloudVariant): CloudVariant {
    const last = this.#runs.lastRun(variant.id, variant.last_run_timestamp);
    return last === variant.last_run_timestamp ? variant : { ...variant, last_run_timestamp: last };
  }

  #setStatus(status: LoadStatus): void {
    this.#status = status;
    this.#statusChanged.fire(undefined);
  }
}

/** When a skill was last run anywhere, as the service wrote it; undefined when it never was. */
export function lastRunOf({ variants }: Pick<CloudSkill, 'variants'>): string | undefined {
  const times = variants.map(({ last_run_timestamp: time }) => time ?? '');
  return times.reduce((newest, time) => (timeOf(time) > timeOf(newest) ? time : newest), '') || undefined;
}

/** By name; or those first that ran last, and those that never ran by name. */
export function skillsInOrder(skills: readonly CloudSkill[], order: SkillOrder): CloudSkill[] {
  const collator = new Intl.Collator(undefined, { numeric: true });
  const timed = skills.map((skill) => ({ skill, at: order === 'lastRun' ? timeOf(lastRunOf(skill)) : 0 }));
  return timed.sort((a, b) => b.at - a.at || collator.compare(a.skill.name, b.skill.name)).map(({ skill }) => skill);
}

/** The service groups by name; whatever it does, no name and no place comes twice. What has no place cannot be run. */
function oneForEachName(listed: readonly CloudSkill[]): CloudSkill[] {
  const byName = new Map<string, CloudVariant[]>();
  const seen = new Set<string>();
  for (const { name, variants } of listed) {
    const places = byName.get(name) ?? [];
    for (const variant of variants) {
      const { owner, name: repo, skill_path: path } = variant.source;
      const id = variant.id || (owner && repo && path ? `${owner}/${repo}:${path}` : '');
      if (id && !seen.has(specKey(id))) {
        seen.add(specKey(id));
        places.push({ ...variant, id });
      }
    }
    if (places.length > 0) {
      byName.set(name, places);
    }
  }
  return [...byName].map(([name, variants]) => ({ name, variants }));
}
