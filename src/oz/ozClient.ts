import type { Clock } from './clock';
import type {
  ArtifactAnswer,
  CloudSkill,
  Conversation,
  Environment,
  LaunchAnswer,
  LaunchRequest,
  ListRunsQuery,
  Models,
  Run,
  RunPage,
  Schedule,
} from './types';

export interface OzClientOptions {
  /** Read at each call: the setting may change. */
  baseUrl: () => string;
  /** The API key for that base URL, if there is one. Read at each call. */
  key: () => Promise<string | undefined>;
  /** The host's `fetch`, looked up at each call: VS Code patches it for proxies and certificates. */
  fetch: typeof fetch;
  clock: Clock;
  random?: () => number;
  log?: (line: string) => void;
}

/** The signatures that the rest of the extension builds on. */
export class OzClient {
  constructor(private readonly options: OzClientOptions) {}
  listRuns(query: ListRunsQuery, signal?: AbortSignal): Promise<RunPage> {
    return this.todo(query, signal);
  }
  getRun(runId: string, signal?: AbortSignal): Promise<Run> {
    return this.todo(runId, signal);
  }
  createRun(request: LaunchRequest, signal?: AbortSignal): Promise<LaunchAnswer> {
    return this.todo(request, signal);
  }
  cancelRun(runId: string, signal?: AbortSignal): Promise<void> {
    return this.todo(runId, signal);
  }
  followUp(runId: string, message: string, signal?: AbortSignal): Promise<void> {
    return this.todo(runId, message, signal);
  }
  getRunConversation(runId: string, signal?: AbortSignal): Promise<Conversation> {
    return this.todo(runId, signal);
  }
  getRunTranscript(runId: string, signal?: AbortSignal): Promise<Uint8Array> {
    return this.todo(runId, signal);
  }
  listSchedules(signal?: AbortSignal): Promise<Schedule[]> {
    return this.todo(signal);
  }
  listEnvironments(signal?: AbortSignal): Promise<Environment[]> {
    return this.todo(signal);
  }
  listModels(signal?: AbortSignal): Promise<Models> {
    return this.todo(signal);
  }
  listSkills(
    query: { repo?: string; refresh?: boolean; include_malformed_skills?: boolean },
    signal?: AbortSignal,
  ): Promise<CloudSkill[]> {
    return this.todo(query, signal);
  }
  getArtifact(artifactUid: string, signal?: AbortSignal): Promise<ArtifactAnswer> {
    return this.todo(artifactUid, signal);
  }
  downloadArtifact(artifactUid: string, signal?: AbortSignal): Promise<{ bytes: Uint8Array; contentType: string }> {
    return this.todo(artifactUid, signal);
  }
  private todo(...args: unknown[]): never {
    throw new Error(`not built: ${args.length} ${typeof this.options}`);
  }
}
