import type { SkillSight } from './workspaceSkill';

/** What stands above a SKILL.md: what can be done with it, and what the cloud sees otherwise than it is here. */
export type SkillLens =
  'run' | 'runWith' | 'schedule' | 'pastRuns' | 'trust' | 'malformed' | Exclude<SkillSight, 'pushed'>;

export interface SkillLensFacts {
  readonly isTrusted: boolean;
  /** The service would leave it out. */
  readonly isMalformed: boolean;
  /** It has changes that are not saved. */
  readonly isDirty: boolean;
  readonly sight?: SkillSight;
}

/** Nothing is offered that could not be done; what is not known yet is not guessed. */
export function skillLenses({ isTrusted, isMalformed, isDirty, sight }: SkillLensFacts): SkillLens[] {
  if (isMalformed) {
    return ['malformed', 'pastRuns'];
  }
  // What is not saved is not committed either; whether it is pushed no longer matters then.
  const seen = isDirty && sight !== undefined && sight !== 'notOnGitHub' ? 'uncommitted' : sight;
  const trouble = seen === undefined || seen === 'pushed' ? [] : [seen];
  // A schedule reads the skill from GitHub.
  const schedule = seen === 'notOnGitHub' ? [] : (['schedule'] as const);
  return isTrusted ? ['run', 'runWith', ...schedule, 'pastRuns', ...trouble] : ['trust', 'pastRuns', ...trouble];
}
