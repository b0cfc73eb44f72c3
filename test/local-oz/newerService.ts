type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * An answer as a later version of the service might give it: unknown states, sources, artifact, block and action kinds,
 * members that nobody knows, and optional members left out. Which row gets what depends on its place alone.
 */
export function asNewerService(answer: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(answer)) as Json;
  let runs = 0;
  const visit = (value: Json): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(visit);
      if ('run_id' in value && 'title' in value) changeRun(value, runs++);
      if (Array.isArray(value.steps) && Array.isArray(value.messages)) changeStep(value);
      value.x_new_member = { since: 'v2', values: [1, null, 'three'] };
    }
  };
  visit(copy);
  return copy;
}

const OPTIONAL = [
  'agent_config',
  'creator',
  'source',
  'artifacts',
  'request_usage',
  'status_message',
  'execution_location',
];

function changeRun(run: Record<string, Json>, index: number): void {
  if (index % 4 === 0) run.state = 'HIBERNATING';
  if (index % 4 === 1) run.source = 'CARRIER_PIGEON';
  if (index % 4 === 2) {
    const created_at = run.created_at ?? null;
    const unknown = { artifact_type: 'HOLOGRAM', created_at, data: { url: 'https://example.com/hologram', depth: 3 } };
    run.artifacts = [unknown, ...(Array.isArray(run.artifacts) ? run.artifacts : [])];
  }
  if (index % 4 === 3) for (const name of OPTIONAL) Reflect.deleteProperty(run, name);
}

function changeStep(step: Record<string, Json>): void {
  if (!Array.isArray(step.messages)) return;
  step.messages.push(
    { role: 'narrator', content: [{ type: 'hologram', frames: [1, 2, 3], caption: 'A new kind of block' }] },
    {
      role: 'assistant',
      content: [
        { type: 'action', id: 'act_newer', category: 'telepathy', name: 'read_mind', input: { of: 'the reviewer' } },
      ],
    },
    {
      role: 'tool',
      content: [
        {
          type: 'action_result',
          action_id: 'act_newer',
          category: 'telepathy',
          name: 'read_mind',
          state: 'pondering',
          output: { thoughts: 2 },
        },
      ],
    },
    { content: null },
  );
}
