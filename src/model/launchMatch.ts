import { createHash } from 'node:crypto';
import type { LaunchRequest, Run } from '../oz/types';

/** What a launch asked for, as far as its run can be told by it. */
export interface Sought {
  request: SoughtRequest;
  /** When it was sent, by this machine's clock, in milliseconds since 1970. */
  at: number;
  /** The same by the service's clock, where that was known. */
  serverAt?: number;
  /** The uid of whoever launches with this key, where that was known. */
  creator?: string;
  /** The run that was about to be taken for its own before: if it is taken, then for this one. */
  candidate?: string;
}

/** A launch as it can be kept: a long prompt by its beginning and `wholePrompt`. */
export type SoughtRequest = LaunchRequest & { wholePrompt?: TextMark };

/** Stands for a text that is too long to be kept. */
export interface TextMark {
  /** In UTF-16 units. */
  length: number;
  sha256: string;
}

/** The service tells its time in whole seconds, and another of its machines may stamp the run. In milliseconds. */
const margin = 10_000;
/** The same while only this machine's clock is known. */
const wideMargin = 300_000;
/** Milliseconds from the first byte to when the service makes the run, at the most: what is made later is another launch's. */
const longestWay = 120_000;

/** When the launch was sent, by the service's clock or what is nearest to it. */
export function sentAt({ at, serverAt }: Sought): number {
  return serverAt ?? at;
}

/** A run made before this moment did not come of the launch. By the service's clock, in milliseconds since 1970. */
export function earliest(sought: Sought): number {
  return sentAt(sought) - (sought.serverAt === undefined ? wideMargin : margin);
}

/** Whether the run may be what came of the launch. What the service does not tell of a run speaks against nothing. */
export function cameOf(run: Run, sought: Sought): boolean {
  const { request, creator } = sought;
  const { config } = request;
  const made = Date.parse(run.created_at);
  const latest = sentAt(sought) + longestWay + (sought.serverAt === undefined ? wideMargin : margin);
  return (
    !run.schedule &&
    !(made < earliest(sought)) &&
    !(made > latest) &&
    (!request.title || run.title === request.title) &&
    (!run.parent_run_id || run.parent_run_id === request.parent_run_id) &&
    isSameOrUnknown(run.creator?.uid, creator) &&
    isSameOrUnknown(run.agent_config?.name, config?.name) &&
    isSameOrUnknown(run.agent_config?.environment_id, config?.environment_id) &&
    isSameOrUnknown(run.agent_config?.model_id, config?.model_id) &&
    hasPrompt(run, request)
  );
}

/** How far from the launch the run was made, in milliseconds: the nearest of several is the likeliest. */
export function distance(run: Run, sought: Sought): number {
  return Math.abs(Date.parse(run.created_at) - sentAt(sought)) || 0;
}

export function markOf(text: string): TextMark {
  return { length: text.length, sha256: createHash('sha256').update(text).digest('hex') };
}

function isSameOrUnknown(actual: string | undefined, wanted: string | undefined): boolean {
  return !actual || wanted === undefined || actual === wanted;
}

/** For a skill the service puts the skill's own text before the person's. */
function hasPrompt(run: Run, { prompt = '', wholePrompt, skill }: SoughtRequest): boolean {
  const wanted = wholePrompt ?? prompt.trim();
  const told = [run.prompt, run.submitted_prompt ?? ''].map((text) => text.trim());
  return (
    told.some((text) => (skill ? endsWith(text, wanted) : isText(text, wanted))) && (!skill || isOfSkill(run, skill))
  );
}

function isText(text: string, wanted: string | TextMark): boolean {
  return typeof wanted === 'string'
    ? text === wanted
    : text.length === wanted.length && markOf(text).sha256 === wanted.sha256;
}

function endsWith(text: string, wanted: string | TextMark): boolean {
  return typeof wanted === 'string' ? text.endsWith(wanted) : isText(text.slice(-wanted.length), wanted);
}

function isOfSkill(run: Run, skill: string): boolean {
  const spec = run.agent_config?.skill_spec;
  const path = skill.slice(skill.indexOf(':') + 1);
  return spec === undefined ? (run.agent_skill?.full_path?.endsWith(path) ?? false) : spec === skill;
}
