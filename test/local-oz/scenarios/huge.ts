import { iso, isoDuration } from '../clock';
import type { Oz } from '../operations/operation';
import { Random } from '../random';
import { fit, Script } from '../script';
import { runIds } from '../state';
import { addEnvironments, addModels, environments, people } from './team';
import { keepCart } from '../stories/fixes';

const HOUR = 3_600_000;
const STEPS = 100;

/** A finished run with a conversation of 10,000 messages, about 10 MB, one with 100 of the same kind, and a few of the usual size. */
export function huge({ state }: Oz): void {
  addModels(state);
  addEnvironments(state);
  const add = (name: string, title: string, hoursAgo: number, tell: (script: Script) => void): void => {
    const random = Random.for(state.seed, name);
    const id = random.uuid();
    const conversation = random.uuid();
    const started = state.now - hoursAgo * HOUR;
    const end = started + HOUR / 2;
    state.put({
      ...runIds(id),
      title,
      state: 'SUCCEEDED',
      execution_location: 'REMOTE',
      prompt: title,
      created_at: iso(started - 20_000),
      updated_at: iso(end),
      started_at: iso(started),
      finished_at: iso(end),
      run_time: isoDuration(end - started),
      source: 'API',
      creator: people.maya,
      conversation_id: conversation,
      agent_config: { model_id: 'auto', environment_id: environments.storefront },
      is_run_type_cancellable: true,
    });
    state.conversations.add(conversation, () => {
      const script = new Script(started, random);
      tell(script);
      return fit(script.steps, started, end);
    });
  };
  add('huge', 'Rewrite the whole shop', 1, (script) => {
    tellHuge(script, STEPS);
  });
  add('small', 'Rewrite the order page', 2, (script) => {
    tellHuge(script, 1);
  });
  for (const [index, title] of ['Keep the cart', 'Keep the wish list', 'Keep the filters'].entries()) {
    add(title, title, index + 3, (script) => {
      keepCart(script, { title, prompt: title });
    });
  }
}

const WORDS =
  'the cart keeps its lines when a session ends and every rule that applies to an order is checked once before the total is rounded so that invoices and payments agree in all currencies'.split(
    ' ',
  );

/** Steps of 100 messages, about 1 KB each. */
function tellHuge(script: Script, steps: number): void {
  const random = new Random(7);
  const words = (count: number): string =>
    Array.from({ length: count }, () => WORDS[random.between(0, WORDS.length - 1)]).join(' ');
  for (let step = 1; step <= steps; step++) {
    script.step(
      `Part ${step} of ${steps}`,
      () => {
        script.user(`Go on with part ${step}: ${words(40)}.`);
        for (let turn = 0; turn < 16; turn++) {
          const file = `src/part${step}/module${turn}.ts`;
          script.say(
            `### ${words(4)}\n\n${words(90)}.\n\n- ${words(20)}\n- \`${words(2)}\`: ${words(25)}\n\n\`\`\`ts\nexport const part${turn} = ${step};\n// ${words(30)}\n\`\`\``,
          );
          script.run(
            `npm test -- ${file}`,
            Array.from({ length: 24 }, (_, line) => `\u001b[32m✓\u001b[39m ${words(8)} (${line} ms)`).join('\n'),
          );
          script.edit(
            words(4),
            [file],
            `--- a/${file}\n+++ b/${file}\n@@ -1,16 +1,16 @@\n${Array.from({ length: 16 }, () => `-  ${words(6)};\n+  ${words(6)};`).join('\n')}\n`,
          );
          script.say(`${words(120)}.`);
        }
        script.run('npm test', words(200));
        script.say(words(100));
      },
      words(20),
    );
  }
}
