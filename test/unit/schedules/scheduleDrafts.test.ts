import assert from 'node:assert/strict';
import { draftOfCopy, draftOfLaunch, launchOf } from '../../../src/model/scheduleDrafts';
import { emptyForm, requestOf } from '../../../src/model/scheduleForm';
import type { Schedule } from '../../../src/oz/types';
import { schedule } from '../model/fakeSchedules';

const whole = {
  ...schedule('s', {
    scope: { type: 'Team', uid: 't' },
    agent_config: {
      skill_spec: 'acme/web:a/SKILL.md',
      environment_id: 'e',
      model_id: 'm',
      worker_host: 'w',
      mcp_servers: { db: { command: 'x', env: { TOKEN: '***', LEVEL: 'high' } } },
    },
  }),
  agent_uid: 'agent',
  mode: 'plan',
  metadata: { squad: 'shop' },
} as Schedule;
/** Without the value that the service hides. */
const servers = { db: { command: 'x', env: { LEVEL: 'high' } } };

describe('what a schedule does', () => {
  it('is launched at once as its runs are, without the schedule', () => {
    assert.deepEqual(launchOf(whole), {
      ...{ prompt: 'Do it', skill: 'acme/web:a/SKILL.md', title: 'Name of s', team: true, agent_identity_uid: 'agent' },
      ...{ mode: 'plan', metadata: { squad: 'shop' } },
      config: { environment_id: 'e', model_id: 'm', worker_host: 'w', mcp_servers: servers },
    });
    assert.deepEqual(launchOf(schedule('s')), { prompt: 'Do it', title: 'Name of s' });
  });

  it('is copied whole, under another name', () => {
    const form = { ...emptyForm(), ...draftOfCopy(whole, 'Copy') };
    assert.deepEqual(requestOf(form), {
      ...{ agent_uid: 'agent', mode: 'plan', metadata: { squad: 'shop' } },
      ...{ name: 'Copy', cron_schedule: '0 9 * * *', enabled: true, prompt: 'Do it', team: true },
      agent_config: { ...whole.agent_config, mcp_servers: servers },
    });
  });

  it('begins as a launch was', () => {
    const form = { ...emptyForm(), ...draftOfLaunch(launchOf(whole)), cron: '0 9 * * *' };
    assert.deepEqual(requestOf(form), {
      ...{ agent_uid: 'agent', mode: 'plan', metadata: { squad: 'shop' } },
      ...{ name: 'Name of s', cron_schedule: '0 9 * * *', enabled: true, prompt: 'Do it' },
      ...{ team: true, agent_config: { ...whole.agent_config, mcp_servers: servers } },
    });
    assert.deepEqual({ ...emptyForm(), ...draftOfLaunch({}) }, emptyForm());
  });
});
