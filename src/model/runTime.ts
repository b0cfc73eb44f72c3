import type { Open, Run, RunState } from '../oz/types';

const activeStates: ReadonlySet<string> = new Set<RunState>(['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS']);
const endStates: ReadonlySet<string> = new Set<RunState>(['SUCCEEDED', 'FAILED', 'ERROR', 'CANCELLED']);

/** The service is working on it, or will without anybody's help. */
export function isActive(state: Open<RunState>): boolean {
  return activeStates.has(state);
}

/** It has ended; a follow-up may start it again. BLOCKED and states not known yet are neither active nor ended. */
export function hasEnded(state: Open<RunState>): boolean {
  return endStates.has(state);
}

/** The moment that a run's age is told from: an active run is as old as it is, another one as its last change. */
export function ageTime(run: Run): string {
  return isActive(run.state) ? run.created_at : run.updated_at;
}

/** The run's session can be joined: an ended one has only its page. States not known yet may be live. */
export function hasLiveSession(run: Run): boolean {
  return Boolean(run.session_link) && !hasEnded(run.state);
}

/**
 * Milliseconds that the run worked: the service's own `run_time`, else from its start to its end, or to `now` while it is
 * active. Undefined when that is not known: `updated_at` moves for other reasons and says nothing about the end.
 */
export function runTimeOf(run: Run, now: number): number | undefined {
  const told = parseIsoDuration(run.run_time);
  if (told !== undefined && !isActive(run.state)) {
    return told;
  }
  const start = Date.parse(run.started_at ?? '');
  const end = isActive(run.state) ? now : Date.parse(run.finished_at ?? '');
  return Number.isNaN(start) || Number.isNaN(end) ? told : Math.max(0, end - start);
}

/** Milliseconds of an ISO 8601 duration of days and smaller (`PT1H2M3.5S`), or undefined for any other text. */
export function parseIsoDuration(text: string | undefined): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text ?? '');
  if (!match || text === 'P' || text?.endsWith('T')) {
    return undefined;
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part || 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
