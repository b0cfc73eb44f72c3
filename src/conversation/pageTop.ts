import type { Disposable } from '../model/emitter';
import type { Clock } from '../oz/clock';
import type { Run } from '../oz/types';
import type { PartText } from './blockText';
import { Links } from './links';
import type { LiveConversation } from './liveConversation';
import type { PageHost } from './pageHost';
import type { CommandName } from './protocol';
import type { RenderContext } from './renderContext';
import { detailText, renderDetails } from './renderDetails';
import type { Surroundings } from './surroundings';
import type { TopFacts } from './topFacts';
import { traceIds, traceOf } from './traceNode';
import { UnderWay } from './underWay';
import type { ViewElement } from './viewNodes';

export interface PageTopDeps {
  live: Pick<LiveConversation, 'run' | 'runId' | 'problem'>;
  host: Pick<PageHost, 'execute'>;
  clock: Clock;
  around: Surroundings;
  /** The name of an environment, or undefined while it is not known. */
  environmentName: (id: string) => string | undefined;
  /** Something that stands around the conversation may be different now. */
  changed: () => void;
}

/** Milliseconds in which changes of other runs become one: many arrive together. */
const together = 200;

type Known = Required<Pick<TopFacts, 'environment' | 'repositories' | 'subRuns' | 'isPinned' | 'underWay'>> &
  Pick<TopFacts, 'parent'>;

/** What a page tells and asks about its run that is not in the conversation: other runs, the details, what is being done. */
export class PageTop implements Disposable {
  /** The runs that the page names; it knows their numbers only. */
  readonly #runs = new Links();
  readonly #underWay: UnderWay;
  readonly #subscription: Disposable;
  #cancelTimer: (() => void) | undefined;
  #told = '';

  constructor(private readonly deps: PageTopDeps) {
    this.#underWay = new UnderWay(deps.clock, deps.changed);
    this.#subscription = deps.around.onDidChange(() => {
      this.#cancelTimer ??= deps.clock.after(together, () => {
        this.#cancelTimer = undefined;
        this.#tell();
      });
    });
  }

  /** The number that the page will ask for a run by. */
  readonly numberOf = (runId: string): number => this.#runs.number(runId);

  known(): Known {
    const { around, environmentName, live } = this.deps;
    const { run } = live;
    const environmentId = run?.agent_config?.environment_id;
    const parentId = run?.parent_run_id;
    const known = {
      environment: environmentId === undefined ? '' : (environmentName(environmentId) ?? environmentId),
      repositories: environmentId === undefined ? [] : around.repositories(environmentId),
      subRuns: run ? around.subRuns(run.run_id) : [],
      parent: parentId ? around.run(parentId) : undefined,
      isPinned: run !== undefined && around.isPinned(run.run_id),
    };
    this.#told = signature(known);
    return { ...known, underWay: this.#underWay.names };
  }

  /** The page is on the screen: what it lacks is read now. A run that launched no other has nothing below it. */
  ready(): void {
    const { around, live } = this.deps;
    if (live.runId !== undefined && around.subRuns(live.runId).length > 0) {
      around.readFamily(live.runId);
    }
  }

  /** What unfolds among the details; undefined for another id. */
  body(id: string, context: RenderContext): ViewElement | undefined {
    const { live, clock } = this.deps;
    return live.run && renderDetails(id, { run: live.run, now: clock.now(), ...this.known() }, context);
  }

  /** A text of the details, or a trace id; undefined for another id. */
  text(id: string): PartText | undefined {
    const { run, problem } = this.deps.live;
    const traces: Record<string, string | undefined> = {
      [traceIds.run]: traceOf(run),
      [traceIds.reading]: problem?.facts.traceId,
    };
    const trace = Object.hasOwn(traces, id) ? traces[id] : undefined;
    return trace === undefined ? detailText(id, run) : { text: trace, language: 'plaintext' };
  }

  /** Opens the conversation of a run that the page names. */
  openRun(item: number): void {
    const runId = this.#runs.at(item);
    if (runId !== undefined) {
      this.deps.host.execute('agentRuns.openConversation', { runId });
    }
  }

  /** Runs a command, unless the same is under way. */
  execute(name: CommandName, command: string, argument: Record<string, unknown>): void {
    this.#underWay.start(name, () => this.deps.host.execute(command, argument));
  }

  dispose(): void {
    this.#cancelTimer?.();
    this.#underWay.dispose();
    this.#subscription.dispose();
  }

  #tell(): void {
    const before = this.#told;
    this.known();
    if (this.#told !== before) {
      this.deps.changed();
    }
  }
}

/** Changes with what the page shows of it: most runs that change are none of these. */
function signature({ environment, repositories, subRuns, parent, isPinned }: Omit<Known, 'underWay'>): string {
  const shown = ({ run_id: id, state, title, prompt, created_at: at }: Run): string[] => [
    id,
    state,
    title || prompt,
    at,
  ];
  return JSON.stringify([environment, repositories, isPinned, parent && shown(parent), subRuns.map(shown)]);
}
