import { errorCodeIn, type ErrorHelp, helpForCode } from './errorHelp';

/** The fields of a schedule that a run may not be startable for. */
export type SpawnField = 'environment' | 'model' | 'skill' | 'prompt';

/** The one step that helps where a schedule could not start its run: the account's, or a change of the schedule. */
export type SpawnHelp = ErrorHelp | { field: SpawnField | undefined };

const missing =
  /\bnot (?:be )?found\b|\b(?:does not|doesn't) exist\b|\bno longer\b|\b(?:deleted|removed|gone|unknown|invalid)\b/i;
const unfit =
  /\bnot\b|\bno (?:such|longer)\b|\b(?:deleted|removed|gone|unknown|invalid|unavailable|disabled|deprecated)\b/i;

/** The first that fits decides. The service says what is wrong in words of its own, mostly without a code. */
const words: readonly (readonly [(error: string) => boolean, SpawnHelp])[] = [
  [has(/\bcredits?\b|\bbilling\b|\bpayment\b|\bspending limit\b|\bbudget\b|\bplan limit\b/i), 'topUp'],
  [has(/\benvironment\b/i, missing), { field: 'environment' }],
  [has(/\b(?:environment|setup commands?)\b/i, /\bfail|\bcould not\b/i), 'environment'],
  [has(/\bmodel\b/i, unfit), { field: 'model' }],
  [
    has(
      /\b(?:git ?hub|git ?lab|integration|repositor(?:y|ies))\b/i,
      /\bconnect|\bauthori[sz]|\binstall|\baccess\b|\bpermission|\btoken\b/i,
    ),
    'connect',
  ],
  [has(/\bskill\b/i, unfit), { field: 'skill' }],
  [has(/\bprompt\b/i), { field: 'prompt' }],
];

/** @param error as the service wrote it: `last_spawn_error` */
export function spawnHelp(error: string): SpawnHelp {
  const head = error.slice(0, 2000);
  return helpForCode(errorCodeIn(head)) ?? words.find(([isMeant]) => isMeant(head))?.[1] ?? { field: undefined };
}

function has(...parts: RegExp[]): (error: string) => boolean {
  return (error) => parts.every((part) => part.test(error));
}
