import type { Oz } from '../operations/operation';
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
}
