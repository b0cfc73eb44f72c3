import type { Run } from '../oz/types';

/** What the skill of a run is called, as the service wrote it, else the folder of its file; empty when it has none. */
export function skillName({
  agent_skill: skill,
  agent_config: config,
}: Pick<Run, 'agent_skill' | 'agent_config'>): string {
  const folder = config?.skill_spec
    ?.replace(/\/SKILL\.md$/, '')
    .split(/[/:]/)
    .at(-1);
  return [skill?.name, folder].find((name) => name?.trim()) ?? '';
}
