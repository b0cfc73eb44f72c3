import type { JsonRecord } from './json';
import type { components, operations } from './openapi';

type Schemas = components['schemas'];

/** A value of a closed list that a newer service may extend: known members complete, others are allowed. */
export type Open<T extends string> = T | (string & Record<never, never>);

export type RunState = Schemas['RunState'];
export type RunSource = Schemas['RunSourceType'];
/** A run as the service sends it. `state`, `source` and artifact kinds may hold values newer than this file. */
export type Run = Omit<Schemas['RunItem'], 'state' | 'source'> & { state: Open<RunState>; source?: Open<RunSource> };
export type Artifact = Schemas['ArtifactItem'];
export type ArtifactType = Artifact['artifact_type'];
export type ListRunsQuery = NonNullable<operations['listRuns']['parameters']['query']>;
export interface RunPage {
  runs: Run[];
  /** Set while there is a further page; valid only with the same sort. */
  nextCursor?: string;
}
export type LaunchRequest = Schemas['RunAgentRequest'];
export type AttachmentInput = Schemas['AttachmentInput'];
export type LaunchAnswer = Schemas['RunAgentResponse'];
export type FollowUpOutcome = Schemas['FollowupResponse']['outcome'];
export type Schedule = Schemas['ScheduledAgentItem'];
export interface WholeSchedule {
  schedule: Schedule;
  /** As the service sent it: also what nobody here knows, or what is of another type than described. */
  raw: JsonRecord;
}
export type ScheduleRequest = Schemas['CreateScheduledAgentRequest'];
/** All of a schedule: what is left out is lost. */
export type ScheduleUpdate = Schemas['UpdateScheduledAgentRequest'];
export type AgentConfig = Schemas['AmbientAgentConfig'];
export type Environment = Schemas['CloudEnvironment'];
export type Models = Schemas['ListModelsResponse'];
export type Model = Schemas['ModelInfo'];
/** A service account of the team that runs can act as. */
export type Identity = Schemas['AgentResponse'];
export type CloudSkill = Schemas['AgentListItem'];
export type Conversation = Schemas['ConversationResponse'];
export type Step = Schemas['ConversationStep'];
export type Message = Schemas['ConversationMessage'];
export type Block = Schemas['ConversationContentBlock'];
export type ArtifactAnswer = Schemas['ArtifactResponse'];
