import { parseArgs } from 'node:util';
import { scenarioNames, type ScenarioName } from './scenarios/scenarios';
import { startLocalOz } from './server';

const USAGE = `npm run local-oz -- [--port 0] [--scenario ${scenarioNames.join('|')}] [--seed 1] [--key wk-local] [--speed 1]`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      scenario: { type: 'string', default: 'demo' },
      seed: { type: 'string', default: '1' },
      key: { type: 'string', default: 'wk-local' },
      speed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const oz = await startLocalOz({
    scenario: scenarioOf(values.scenario),
    port: numberOf('port', values.port),
    seed: numberOf('seed', values.seed),
    key: values.key,
    clock: 'real',
    speed: numberOf('speed', values.speed),
  });
  console.log(`Local Oz listening on ${oz.baseUrl}`);
  console.log(`Key: ${oz.key}   Web: ${oz.webUrl}   Control: ${oz.webUrl}/control/`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void oz.close();
    });
  }
}

function scenarioOf(name: string): ScenarioName {
  const found = scenarioNames.find((one) => one === name);
  if (!found) throw new Error(`There is no scenario ${name}. ${USAGE}`);
  return found;
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new Error(`--${name} takes a number. ${USAGE}`);
  return value;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
