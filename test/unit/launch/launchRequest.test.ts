import assert from 'node:assert/strict';
import {
  environmentsInOrder,
  launchRequest,
  modelsInOrder,
  preselectedEnvironment,
  type RememberedEnvironment,
} from '../../../src/model/launchRequest';
import type { Environment, Model } from '../../../src/oz/types';

describe('launchRequest', () => {
  it('holds what was decided and nothing else', () => {
    assert.deepEqual(launchRequest({ prompt: 'Go', title: '' }), { prompt: 'Go' });
    assert.deepEqual(launchRequest({ prompt: '', skill: 'a/b:c/SKILL.md', title: '' }), { skill: 'a/b:c/SKILL.md' });
    assert.deepEqual(launchRequest({ prompt: 'Go', title: 'T', environment: 'e', model: 'm' }), {
      prompt: 'Go',
      title: 'T',
      config: { environment_id: 'e', model_id: 'm' },
    });
  });

  it('has whatever else an earlier launch had', () => {
    const like = {
      prompt: 'Old',
      skill: 'a/b:c/SKILL.md',
      title: 'Old',
      team: false,
      config: { environment_id: 'e', model_id: 'm', base_prompt: 'Be kind' },
    };
    assert.deepEqual(launchRequest({ prompt: 'New', title: '', model: 'other', like }), {
      prompt: 'New',
      team: false,
      config: { model_id: 'other', base_prompt: 'Be kind' },
    });
    assert.deepEqual(launchRequest({ prompt: 'New', title: '', like: { config: { model_id: 'm' } } }), {
      prompt: 'New',
    });
  });

  it('carries the prompt untouched', () => {
    const prompt = ' \n two  lines\r\n\u2028';
    assert.equal(launchRequest({ prompt, title: '' }).prompt, prompt);
  });
});

function environment(uid: string, repos: string[] = [], members: Partial<Environment> = {}): Environment {
  const github_repos = repos.map((name) => {
    const [owner = '', repo = ''] = name.split('/');
    return { owner, repo };
  });
  return {
    uid,
    config: { name: `Name of ${uid}`, github_repos },
    last_updated: '2026-03-18T14:30:00Z',
    setup_failed: false,
    ...members,
  };
}

describe('preselectedEnvironment', () => {
  const repository = { owner: 'acme', repo: 'shop' };
  const web = environment('web', ['acme/web']);
  const shop = environment('shop', ['Acme/Shop']);
  const broken = environment('broken', ['acme/shop'], { setup_failed: true });
  const all = [web, broken, shop];
  const none: RememberedEnvironment = { uid: undefined };

  const cases: [string, RememberedEnvironment, { repo: boolean; skill: boolean }, Environment | undefined][] = [
    ['nothing is known', undefined, { repo: false, skill: false }, undefined],
    ['only the repository is known', undefined, { repo: true, skill: false }, shop],
    ['it was chosen the last time', { uid: 'web' }, { repo: true, skill: false }, web],
    ['none was chosen the last time', none, { repo: true, skill: false }, undefined],
    ['a skill needs another one than the last time', { uid: 'web' }, { repo: true, skill: true }, shop],
    ['a skill needs one and none was chosen the last time', none, { repo: true, skill: true }, shop],
    ['the remembered one has the skill', { uid: 'broken' }, { repo: true, skill: true }, broken],
    ['the remembered one is gone', { uid: 'gone' }, { repo: true, skill: false }, shop],
    ['a skill is in no known repository', { uid: 'web' }, { repo: false, skill: true }, web],
  ];
  for (const [when, remembered, { repo, skill }, expected] of cases) {
    it(`is ${expected?.uid ?? 'none'} when ${when}`, () => {
      const wish = { remembered, repository: repo ? repository : undefined, needsRepository: skill };
      assert.equal(preselectedEnvironment(all, wish)?.uid, expected?.uid);
    });
  }

  it('takes one that is about the repository before one that is about many', () => {
    const wish = { remembered: undefined, repository, needsRepository: false };
    const many = environment('all', ['acme/web', 'acme/shop', 'acme/infra']);
    assert.equal(preselectedEnvironment([many, shop], wish)?.uid, 'shop');
    assert.equal(preselectedEnvironment([many, broken], wish)?.uid, 'all');
  });

  it('takes one that works before one that does not', () => {
    const wish = { remembered: undefined, repository, needsRepository: true };
    assert.equal(preselectedEnvironment([broken, shop], wish)?.uid, 'shop');
    assert.equal(preselectedEnvironment([broken, web], wish)?.uid, 'broken');
  });
});

describe('environmentsInOrder', () => {
  it('puts the remembered one first and broken ones last, each once', () => {
    const list = [
      environment('b'),
      environment('x', [], { setup_failed: true }),
      environment('c'),
      environment('a'),
      environment('c'),
    ];
    assert.deepEqual(
      environmentsInOrder(list, 'c').map(({ uid }) => uid),
      ['c', 'a', 'b', 'x'],
    );
  });
});

describe('modelsInOrder', () => {
  it('puts the default first and what cannot be used last, else keeps the order', () => {
    const model = (id: string, disable_reason?: Model['disable_reason']): Model => ({
      id,
      display_name: id,
      provider: 'UNKNOWN',
      vision_supported: false,
      ...(disable_reason && { disable_reason }),
    });
    const models = [model('z'), model('off', 'ADMIN_DISABLED'), model('d'), model('a'), model('z')];
    assert.deepEqual(
      modelsInOrder({ default_model_id: 'd', models }).map(({ id }) => id),
      ['d', 'z', 'a', 'off'],
    );
  });
});
