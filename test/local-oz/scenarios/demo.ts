import type { Oz } from '../operations/operation';
import { Random } from '../random';
import { Script } from '../script';
import { addDemoRuns } from './demoRuns';
import { addSchedules } from './schedules';
import { addSkills } from './skills';
import { addEnvironments, addIdentities, addModels } from './team';

/** A software team's last week: 60 runs in all nine states, their schedules, skills and environments. */
export function demo(oz: Oz): void {
  addModels(oz.state);
  addEnvironments(oz.state);
  addSkills(oz.state);
  addIdentities(oz.state);
  addSchedules(oz);
  addDemoRuns(oz);
  addLoneConversation(oz);
}

/** A conversation that no run is known of: its agent worked in somebody's terminal. */
export const loneConversationId = '0199d2a0-6c1e-7f00-8000-0000000000c1';

function addLoneConversation({ state }: Oz): void {
  const start = state.now - 26 * 60 * 60_000;
  state.conversations.add(loneConversationId, () => {
    const script = new Script(start, Random.for(state.seed, 'lone conversation'));
    script.step('', () => {
      script.user('Which of our packages still use CommonJS?');
      script.run("rg -l 'module\\.exports' packages", 'packages/legacy-mailer/index.js', { takes: 2 });
      script.say('Only `legacy-mailer`. Everything else has been ES modules since March.');
    });
    return script.steps;
  });
}
