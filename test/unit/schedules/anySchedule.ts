import fc from 'fast-check';
import { wholeScheduleFrom } from '../../../src/oz/shape';
import type { WholeSchedule } from '../../../src/oz/types';

const word = fc.string({ minLength: 1, maxLength: 12 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
/** What comes over the wire: minus zero does not. */
const json = fc.jsonValue({ maxDepth: 2 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
/** Members that nobody here knows. */
const unknown = fc.dictionary(
  word.map((name) => `x_${name}`),
  json,
  { maxKeys: 3 },
);

/** Now and then of another type than described. */
const mostly = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: json });

const config = fc
  .tuple(
    fc.record({
      name: maybe(mostly(word)),
      model_id: maybe(mostly(word)),
      base_prompt: maybe(fc.string()),
      environment_id: maybe(word),
      skill_spec: maybe(word),
      mcp_servers: maybe(mostly(fc.dictionary(word, fc.record({ command: word, env: fc.dictionary(word, word) })))),
      computer_use_enabled: maybe(fc.boolean()),
      idle_timeout_minutes: maybe(mostly(fc.integer({ min: 1, max: 60 }))),
      worker_host: maybe(fc.string()),
      harness: maybe(
        mostly(fc.tuple(fc.record({ type: mostly(word), model_id: maybe(mostly(word)) }), unknown).map(merged)),
      ),
      harness_auth_secrets: maybe(unknown),
      session_sharing: maybe(mostly(unknown)),
    }),
    unknown,
  )
  .map(merged);

/** A schedule as a newer service may send it, read. */
export const anyWholeSchedule: fc.Arbitrary<WholeSchedule> = fc
  .tuple(
    fc.record({
      id: word,
      name: fc.string(),
      cron_schedule: fc.string(),
      enabled: fc.boolean(),
      prompt: fc.string(),
      created_at: fc.constant('2026-01-01T00:00:00Z'),
      updated_at: fc.constant('2026-01-01T00:00:00Z'),
      agent_config: maybe(mostly(config)),
      environment: maybe(mostly(fc.constant({ name: 'e' }))),
      last_spawn_error: maybe(fc.constant('x')),
      history: maybe(fc.constant({ next_run: null })),
      scope: maybe(fc.constantFrom({ type: 'Team', uid: 't' }, { type: 'User', uid: 'u' }, { type: 'Other' })),
      agent_uid: maybe(word),
      mode: maybe(json),
      metadata: maybe(json),
    }),
    unknown,
  )
  .map((parts) => wholeScheduleFrom(JSON.parse(JSON.stringify(merged(parts)))));

export const anySchedule = anyWholeSchedule.map(({ schedule }) => schedule);

/** Own members also where a name is one that an assignment would treat as another thing. */
function merged(parts: readonly object[]): object {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}
