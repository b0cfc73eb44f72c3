import createClient from 'openapi-fetch';
import { pathId } from './address';
import { within } from './deadline';
import { download, type Download, type DownloadOptions, downloadOfArtifact } from './download';
import { launchBody } from './launchBody';
import type { paths } from './openapi';
import {
  artifactAnswerFrom,
  checkDeleted,
  followUpOutcomeFrom,
  launchAnswerFrom,
  runFrom,
  runPageFrom,
  scheduleFrom,
  schedulesFrom,
  wholeScheduleFrom,
} from './shape';
import { environmentsFrom, identitiesFrom, identityFrom, modelsFrom, skillsFrom } from './shapeCatalog';
import { conversationFrom, sessionConversationFrom } from './shapeConversation';
import { type Manner, Transport, type TransportOptions } from './transport';
import type {
  ArtifactAnswer,
  CloudSkill,
  Conversation,
  Environment,
  FollowUpOutcome,
  Identity,
  LaunchAnswer,
  LaunchRequest,
  ListRunsQuery,
  Models,
  Open,
  Run,
  RunPage,
  Schedule,
  ScheduleRequest,
  ScheduleUpdate,
  WholeSchedule,
} from './types';

export type OzClientOptions = TransportOptions;

const read: Manner = { repeat: 'read', isAsked: false, deadline: 30_000, expects: 'json' };
/** Of a person, who waits for it. */
const asked: Manner = { ...read, isAsked: true };
const readLong: Manner = { ...read, deadline: 60_000 };
const readRedirect: Manner = { ...read, expects: 'redirect' };
const sendOnce: Manner = { ...read, repeat: 'never' };
const cancel: Manner = { ...read, repeat: 'cancel' };

/** Milliseconds for a download: a transcript may be long, and an artifact a recording. */
const downloadDeadline = 300_000;

/** How fast attachments get to the service at the least, in characters of base64 per millisecond: about 2.4 Mbit/s. */
const slowestLine = 300;

const api = createClient<paths>();

/**
 * The Oz API. Every method throws ApiProblem and nothing else. Reads are tried up to three times within a few seconds, or as
 * long as the service asks for within the deadline (30 s, a conversation and the skills 60 s); while the service is known to
 * be down they fail at once, with `retryAfter`, but for the first try of what a person asked for. A launch, a follow-up, a new
 * schedule, all of a schedule and a new identity are sent once.
 *
 * A table, however long: one method for each endpoint, with how it is sent and how its answer is read. What needs more than
 * that stands elsewhere.
 */
export class OzClient {
  readonly #clock: TransportOptions['clock'];
  readonly #transport: Transport;

  constructor(options: OzClientOptions) {
    this.#clock = options.clock;
    this.#transport = new Transport(options);
  }

  /** The time by the service's clock, in milliseconds since 1970, to about a second; undefined until an answer told it. */
  serverNow(): number | undefined {
    return this.#transport.serverNow();
  }

  /** @param isAsked a person asks for it, see `Manner` */
  listRuns(query: ListRunsQuery, signal?: AbortSignal, isAsked = false): Promise<RunPage> {
    return this.#transport.call(
      { ...read, isAsked },
      signal,
      (via) => api.GET('/agent/runs', { ...via, params: { query } }),
      (data) => runPageFrom(data, query.cursor),
    );
  }

  getRun(runId: string, signal?: AbortSignal): Promise<Run> {
    return this.#transport.call(
      read,
      signal,
      (via) => api.GET('/agent/runs/{runId}', { ...via, params: runPath(runId) }),
      runFrom,
    );
  }

  /**
   * Launches a run; sent once, whatever happens.
   * @throws ApiProblem `outcomeUnknown` when the run may have been launched: look for it before saying anything.
   */
  createRun(request: LaunchRequest, signal?: AbortSignal): Promise<LaunchAnswer> {
    return this.#transport.call(
      { ...sendOnce, deadline: sendOnce.deadline + timeToSend(request) },
      signal,
      (via) => api.POST('/agent/runs', { ...via, body: request, bodySerializer: launchBody }),
      launchAnswerFrom,
    );
  }

  /** @throws ApiProblem `conflict` when the run is still being prepared after several tries, `unsupported`, `invalid`. */
  cancelRun(runId: string, signal?: AbortSignal): Promise<void> {
    return this.#transport.call(
      cancel,
      signal,
      (via) => api.POST('/agent/runs/{runId}/cancel', { ...via, params: runPath(runId), parseAs: 'text' }),
      () => undefined,
    );
  }

  /**
   * Sends a message to a run; sent once. Answers how it reaches the agent, or undefined where the service does not say.
   * @throws ApiProblem `outcomeUnknown` when the run may have got it.
   */
  followUp(runId: string, message: string, signal?: AbortSignal): Promise<Open<FollowUpOutcome> | undefined> {
    return this.#transport.call(
      sendOnce,
      signal,
      (via) =>
        api.POST('/agent/runs/{runId}/followups', {
          ...via,
          params: runPath(runId),
          body: { message },
          parseAs: 'text',
        }),
      followUpOutcomeFrom,
    );
  }

  /** @throws ApiProblem `notFound` while the run has no conversation, `unsupported` for a harness that has none. */
  getRunConversation(runId: string, signal?: AbortSignal): Promise<Conversation> {
    return this.#transport.call(
      readLong,
      signal,
      (via) => api.GET('/agent/runs/{runId}/conversation', { ...via, params: runPath(runId) }),
      conversationFrom,
    );
  }

  /** @throws ApiProblem `notFound` when there is none that the key may see, `unsupported` for a harness that has none. */
  getConversation(conversationId: string, signal?: AbortSignal): Promise<Conversation> {
    return this.#transport.call(
      readLong,
      signal,
      (via) =>
        api.GET('/agent/conversations/{conversation_id}', {
          ...via,
          params: { path: { conversation_id: pathId(conversationId) } },
        }),
      conversationFrom,
    );
  }

  /** The id of the conversation that a shared session left when it ended; undefined while it lives, or is not known. */
  sessionConversation(sessionUuid: string, signal?: AbortSignal): Promise<string | undefined> {
    return this.#transport.call(
      read,
      signal,
      (via) =>
        api.GET('/agent/sessions/{sessionUuid}/redirect', {
          ...via,
          params: { path: { sessionUuid: pathId(sessionUuid) } },
        }),
      sessionConversationFrom,
    );
  }

  /**
   * The raw transcript, in the harness's own format, at most 256 MB unless said; its content type is the storage's.
   * @throws ApiProblem `notFound` when the run has none
   */
  getRunTranscript(runId: string, signal?: AbortSignal, options: DownloadOptions = {}): Promise<Download> {
    return within(this.#clock, downloadDeadline, signal, async (inner) => {
      const signedUrl = (): Promise<string> =>
        this.#transport.call(
          readRedirect,
          inner,
          (via) => api.GET('/agent/runs/{runId}/transcript', { ...via, params: runPath(runId) }),
          String,
        );
      return download(this.#transport.bareWire, signedUrl, inner, options);
    });
  }

  /** @param isAsked a person asks for it, see `Manner` */
  listSchedules(signal?: AbortSignal, isAsked = false): Promise<Schedule[]> {
    return this.#transport.call(
      { ...read, isAsked },
      signal,
      (via) => api.GET('/agent/schedules', { ...via }),
      schedulesFrom,
    );
  }

  /**
   * Creates a schedule; sent once, whatever happens.
   * @throws ApiProblem `outcomeUnknown` when the schedule may have been created: look for it before saying anything.
   */
  createSchedule(request: ScheduleRequest, signal?: AbortSignal): Promise<Schedule> {
    return this.#transport.call(
      sendOnce,
      signal,
      (via) => api.POST('/agent/schedules', { ...via, body: request }),
      scheduleFrom,
    );
  }

  /** @throws ApiProblem `notFound` when it is gone */
  getSchedule(scheduleId: string, signal?: AbortSignal): Promise<Schedule> {
    return this.#transport.call(
      asked,
      signal,
      (via) => api.GET('/agent/schedules/{scheduleId}', { ...via, params: schedulePath(scheduleId) }),
      scheduleFrom,
    );
  }

  /**
   * With all that the service says of it, to be sent back.
   * @throws ApiProblem `notFound` when it is gone
   */
  getWholeSchedule(scheduleId: string, signal?: AbortSignal): Promise<WholeSchedule> {
    return this.#transport.call(
      asked,
      signal,
      (via) => api.GET('/agent/schedules/{scheduleId}', { ...via, params: schedulePath(scheduleId) }),
      wholeScheduleFrom,
    );
  }

  /**
   * Replaces all of a schedule: what is left out is lost. Sent once: in between, somebody else may have changed it.
   * @throws ApiProblem `outcomeUnknown` when it may have been done, `notFound` when the schedule or something that it names is
   * gone, `invalid` for times that the service cannot read
   */
  updateSchedule(scheduleId: string, all: ScheduleUpdate, signal?: AbortSignal): Promise<Schedule> {
    return this.#transport.call(
      sendOnce,
      signal,
      (via) => api.PUT('/agent/schedules/{scheduleId}', { ...via, params: schedulePath(scheduleId), body: all }),
      scheduleFrom,
    );
  }

  /**
   * Repeated like a read: what is gone stays gone.
   * @throws ApiProblem `notFound` when it is gone already, perhaps by an earlier try, `server` when it was not deleted
   */
  deleteSchedule(scheduleId: string, signal?: AbortSignal): Promise<void> {
    return this.#transport.call(
      asked,
      signal,
      (via) =>
        api.DELETE('/agent/schedules/{scheduleId}', { ...via, params: schedulePath(scheduleId), parseAs: 'text' }),
      checkDeleted,
    );
  }

  /** Repeated like a read. */
  pauseSchedule(scheduleId: string, signal?: AbortSignal): Promise<Schedule> {
    return this.#transport.call(
      asked,
      signal,
      (via) => api.POST('/agent/schedules/{scheduleId}/pause', { ...via, params: schedulePath(scheduleId) }),
      scheduleFrom,
    );
  }

  /** Repeated like a read. */
  resumeSchedule(scheduleId: string, signal?: AbortSignal): Promise<Schedule> {
    return this.#transport.call(
      asked,
      signal,
      (via) => api.POST('/agent/schedules/{scheduleId}/resume', { ...via, params: schedulePath(scheduleId) }),
      scheduleFrom,
    );
  }

  listEnvironments(signal?: AbortSignal): Promise<Environment[]> {
    return this.#transport.call(read, signal, (via) => api.GET('/agent/environments', { ...via }), environmentsFrom);
  }

  /** @throws ApiProblem `forbidden` for a service account's key, `invalid` where the key is not of exactly one team. */
  listIdentities(signal?: AbortSignal): Promise<Identity[]> {
    return this.#transport.call(read, signal, (via) => api.GET('/agent/identities', { ...via }), identitiesFrom);
  }

  /**
   * Makes an agent identity; sent once, whatever happens.
   * @throws ApiProblem `conflict` when the name is taken, `outcomeUnknown` when it may have been made: look for it by its name.
   */
  createIdentity(name: string, signal?: AbortSignal): Promise<Identity> {
    return this.#transport.call(
      sendOnce,
      signal,
      (via) => api.POST('/agent/identities', { ...via, body: { name } }),
      identityFrom,
    );
  }

  /**
   * Repeated like a read: a second time changes nothing.
   * @throws ApiProblem `conflict` when the name is taken
   */
  renameIdentity(uid: string, name: string, signal?: AbortSignal): Promise<Identity> {
    return this.#transport.call(
      asked,
      signal,
      (via) => api.PUT('/agent/identities/{uid}', { ...via, params: identityPath(uid), body: { name } }),
      identityFrom,
    );
  }

  /**
   * Repeated like a read: what is gone stays gone.
   * @throws ApiProblem `invalid` for the default one, `notFound` when it is gone already, perhaps by an earlier try
   */
  deleteIdentity(uid: string, signal?: AbortSignal): Promise<void> {
    return this.#transport.call(
      asked,
      signal,
      (via) => api.DELETE('/agent/identities/{uid}', { ...via, params: identityPath(uid), parseAs: 'text' }),
      () => undefined,
    );
  }

  listModels(signal?: AbortSignal): Promise<Models> {
    return this.#transport.call(read, signal, (via) => api.GET('/agent/models', { ...via }), modelsFrom);
  }

  /** With `refresh` the service looks through all repositories again, which takes its time. */
  listSkills(
    query: { repo?: string; refresh?: boolean; include_malformed_skills?: boolean },
    signal?: AbortSignal,
  ): Promise<CloudSkill[]> {
    return this.#transport.call(
      readLong,
      signal,
      (via) => api.GET('/agent', { ...via, params: { query } }),
      skillsFrom,
    );
  }

  getArtifact(artifactUid: string, signal?: AbortSignal): Promise<ArtifactAnswer> {
    return this.#transport.call(
      read,
      signal,
      (via) =>
        api.GET('/agent/artifacts/{artifactUid}', { ...via, params: { path: { artifactUid: pathId(artifactUid) } } }),
      artifactAnswerFrom,
    );
  }

  /** An artifact's bytes: a plan's text, or what its signed URL leads to, at most 256 MB unless said. */
  downloadArtifact(artifactUid: string, signal?: AbortSignal, options: DownloadOptions = {}): Promise<Download> {
    return within(this.#clock, downloadDeadline, signal, (inner) =>
      downloadOfArtifact(this.#transport.bareWire, () => this.getArtifact(artifactUid, inner), inner, options),
    );
  }
}

function runPath(runId: string): { path: { runId: string } } {
  return { path: { runId: pathId(runId) } };
}

function identityPath(uid: string): { path: { uid: string } } {
  return { path: { uid: pathId(uid) } };
}

function schedulePath(scheduleId: string): { path: { scheduleId: string } } {
  return { path: { scheduleId: pathId(scheduleId) } };
}

/** Milliseconds that a launch's attachments may need on the way. */
function timeToSend({ attachments = [] }: LaunchRequest): number {
  return attachments.reduce((sum, { data }) => sum + data.length, 0) / slowestLine;
}
