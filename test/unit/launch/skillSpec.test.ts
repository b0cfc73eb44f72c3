import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  gitHubRepository,
  isInSkillFolder,
  isSameRepository,
  skillPage,
  skillPlace,
  skillSpec,
} from '../../../src/model/skillSpec';

describe('gitHubRepository', () => {
  const acme = { owner: 'Acme', repo: 'Shop' };
  const known: [string, { owner: string; repo: string }][] = [
    ['https://github.com/Acme/Shop', acme],
    ['https://github.com/Acme/Shop.git', acme],
    ['https://github.com/Acme/Shop/', acme],
    ['https://GITHUB.com/Acme/Shop.git', acme],
    ['https://www.github.com/Acme/Shop', acme],
    ['https://x-access-token:secret@github.com/Acme/Shop.git', acme],
    ['http://github.com:80/Acme/Shop', acme],
    ['git@github.com:Acme/Shop.git', acme],
    ['git@github.com:/Acme/Shop.git', acme],
    ['org-1234@github.com:Acme/Shop.git', acme],
    ['github.com:Acme/Shop', acme],
    ['git@github.com-work:Acme/Shop.git', acme],
    ['ssh://git@github.com/Acme/Shop.git', acme],
    ['ssh://git@github.com:22/Acme/Shop.git', acme],
    ['ssh://git@ssh.github.com:443/Acme/Shop.git', acme],
    ['git://github.com/Acme/Shop.git', acme],
    ['  https://github.com/Acme/Shop.git\n', acme],
    ['https://github.com/acme/next.js.git', { owner: 'acme', repo: 'next.js' }],
    ['https://github.com/acme/.github', { owner: 'acme', repo: '.github' }],
    ['https://github.com/acme_corp/a-b_c', { owner: 'acme_corp', repo: 'a-b_c' }],
    ['git@github.com:acme/x.git.git', { owner: 'acme', repo: 'x.git' }],
  ];
  for (const [remote, repository] of known) {
    it(`reads ${remote.trim()}`, () => {
      assert.deepEqual(gitHubRepository(remote), repository);
    });
  }

  const foreign = [
    undefined,
    '',
    'https://gitlab.com/acme/shop.git',
    'https://github.com.evil.example/acme/shop',
    'https://evilgithub.com/acme/shop',
    'https://evil.example/github.com/acme/shop',
    'https://github.com@evil.example/acme/shop',
    'git@evil.example:github.com/acme/shop',
    'https://github.com/acme',
    'https://github.com/acme/shop/tree/main',
    'https://github.com/acme/..',
    'https://github.com//shop',
    '/srv/git/github.com/shop.git',
    '../shop',
    'file:///srv/git/shop.git',
    'C:\\git\\shop',
  ];
  for (const remote of foreign) {
    it(`knows no repository in ${String(remote)}`, () => {
      assert.equal(gitHubRepository(remote), undefined);
    });
  }
});

describe('skillSpec', () => {
  it('joins repository and path', () => {
    assert.equal(
      skillSpec({ owner: 'acme', repo: 'next.js' }, '.agents/skills/review/SKILL.md'),
      'acme/next.js:.agents/skills/review/SKILL.md',
    );
  });

  it('knows the folders that the service looks in', () => {
    const found = ['.agents/skills/a/SKILL.md', '.claude/skills/a/SKILL.md', 'packages/web/.warp/skills/b c/SKILL.md'];
    const notFound = [
      'SKILL.md',
      'skills/a/SKILL.md',
      '.agents/a/SKILL.md',
      '.agents/skills/SKILL.md',
      '.agents/skills/a/b/SKILL.md',
      '.agents/skills/a/skill.md',
      'agents/skills/a/SKILL.md',
    ];
    assert.deepEqual([...found, ...notFound].filter(isInSkillFolder), found);
  });

  it('compares repositories without case', () => {
    assert.ok(isSameRepository({ owner: 'Acme', repo: 'Shop' }, { owner: 'acme', repo: 'shop' }));
    assert.ok(!isSameRepository({ owner: 'acme', repo: 'shop' }, { owner: 'acme', repo: 'shop2' }));
  });

  it('reads what it wrote', () => {
    const repository = { owner: 'acme', repo: 'next.js' };
    const path = '.agents/skills/a b/SKILL.md';
    const place = skillPlace(skillSpec(repository, path));
    assert.deepEqual(place, { repository, path });
    assert.ok(place);
    assert.equal(skillPage(place), 'https://github.com/acme/next.js/blob/HEAD/.agents/skills/a%20b/SKILL.md');
  });

  it('knows only the repository of a skill by name', () => {
    const place = skillPlace('acme/shop:triage');
    assert.deepEqual(place, { repository: { owner: 'acme', repo: 'shop' } });
    assert.equal(skillPage(place), 'https://github.com/acme/shop');
  });

  it('never leads out of the repository or to another host', () => {
    for (const path of [
      '../x/SKILL.md',
      'a/../../x/SKILL.md',
      '/x/SKILL.md',
      'a//SKILL.md',
      './SKILL.md',
      'a\\..\\SKILL.md',
    ]) {
      assert.equal(skillPlace(`acme/shop:${path}`)?.path, undefined, path);
    }
    for (const spec of [
      '',
      'shop:triage',
      'acme/..:x',
      'https://evil.test/a/b:SKILL.md',
      'a@b/c:SKILL.md',
      '/tmp/SKILL.md',
    ]) {
      assert.equal(skillPlace(spec), undefined, spec);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        const place = skillPlace(`acme/shop:${path}/SKILL.md`);
        const page = new URL(place ? skillPage(place) : 'https://github.com/acme/shop');
        assert.deepEqual([page.host, page.search, page.hash], ['github.com', '', '']);
        assert.ok(page.pathname.startsWith('/acme/shop'));
      }),
    );
  });
});
