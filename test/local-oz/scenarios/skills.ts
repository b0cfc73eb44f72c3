import { iso } from '../clock';
import type { OzState, SkillItem } from '../state';
import { environmentNames, environments, type EnvironmentName } from './team';

const skillPaths = {
  dependencies: 'acme/storefront:.agents/skills/update-dependencies/SKILL.md',
  flaky: 'acme/storefront:.agents/skills/triage-flaky-tests/SKILL.md',
  accessibility: 'acme/storefront:.agents/skills/accessibility-audit/SKILL.md',
  notes: 'acme/storefront:.agents/skills/changelog/SKILL.md',
  tests: 'acme/storefront:.agents/skills/write-tests/SKILL.md',
  issue: 'acme/storefront:.warp/skills/triage-issue/SKILL.md',
  security: 'acme/payments-api:.agents/skills/security-review/SKILL.md',
  drift: 'acme/infra:.claude/skills/terraform-drift/SKILL.md',
} as const;

export type SkillName = keyof typeof skillPaths;

const skillTexts: Record<
  SkillName,
  [name: string, description: string, prompt: string, environments: EnvironmentName[], hoursAgo: number]
> = {
  dependencies: [
    'update-dependencies',
    'Updates npm packages in small steps and opens one pull request for each group.',
    'Update the dependencies of this repository. Group patch releases together, take minor releases one by one, and leave major ones out.',
    ['storefront', 'all'],
    12,
  ],
  flaky: [
    'triage-flaky-tests',
    'Finds tests that failed and passed on the same commit, and files what it learned.',
    'Look at the last 200 CI runs, find tests that are flaky, and fix the one that failed most often.',
    ['storefront', 'all'],
    8,
  ],
  accessibility: [
    'accessibility-audit',
    'Checks the pages of the shop with axe and by keyboard, and fixes what is safe to fix.',
    'Audit the pages that changed since the last audit.',
    ['storefront'],
    100,
  ],
  notes: [
    'changelog',
    'Writes release notes for the people who use the shop.',
    'Write release notes from what was merged since the last tag. Leave out what nobody can see.',
    ['storefront', 'payments', 'all'],
    120,
  ],
  tests: [
    'write-tests',
    'Writes tests for code that has none, in the style of the tests beside it.',
    'Find the functions that were changed on this branch and have no test.',
    ['storefront', 'all'],
    30,
  ],
  issue: [
    'triage-issue',
    'Reads a new issue, finds the code it is about and answers with a first diagnosis and labels.',
    'Say in one sentence what the reporter expected and what happened instead.',
    ['storefront', 'payments', 'all'],
    70,
  ],
  security: [
    'security-review',
    'Reviews open pull requests of the payments API for mistakes that cost money.',
    'Review the open pull requests. Look at authorisation, amounts, idempotency and logging of card data.',
    ['payments', 'all'],
    26,
  ],
  drift: [
    'terraform-drift',
    'Compares what runs in AWS with what the repository says.',
    'Run a plan for every workspace, and explain each difference in one sentence.',
    ['infra'],
    5,
  ],
};

export const skillSpec = (name: SkillName): string => skillPaths[name];

export function addSkills(state: OzState): void {
  state.skills = (Object.keys(skillPaths) as SkillName[]).map((key): SkillItem => {
    const [name, description, base_prompt, where, hoursAgo] = skillTexts[key];
    return {
      name,
      variants: [
        {
          id: skillPaths[key],
          description,
          base_prompt,
          source: sourceOf(skillPaths[key]),
          environments: where.map((one) => ({ uid: environments[one], name: environmentNames[one] })),
          last_run_timestamp: iso(state.now - hoursAgo * 3_600_000),
        },
      ],
    };
  });
  for (const [name, id, error] of malformedSkills) {
    const variant = {
      id,
      description: '',
      base_prompt: '',
      source: sourceOf(id),
      environments: [],
      last_run_timestamp: null,
      error,
    };
    state.skills.push({ name, variants: [variant] });
  }
  state.skills.push(...oddSkills(state));
}

/** One that three repositories have, of which one is malformed and one never ran; and one by somebody with bad intentions. */
function oddSkills(state: OzState): SkillItem[] {
  const place = (id: string, members: Partial<SkillItem['variants'][number]> = {}): SkillItem['variants'][number] => ({
    id,
    description: 'Reads what changed since the last release, and says what could break.',
    base_prompt: 'Read the commits since the last tag.',
    source: sourceOf(id),
    environments: [{ uid: environments.all, name: environmentNames.all }],
    last_run_timestamp: null,
    ...members,
  });
  return [
    {
      name: 'release-check',
      variants: [
        place('acme/payments-api:.agents/skills/release-check/SKILL.md', {
          last_run_timestamp: iso(state.now - 50 * 3_600_000),
        }),
        place('acme/storefront:packages/checkout/.agents/skills/release-check/SKILL.md'),
        place('acme/infra:.claude/skills/release-check/SKILL.md', {
          error: 'There is nothing below the front matter.',
          environments: [],
        }),
      ],
    },
    {
      name: 'fix $(flame) [all](command:workbench.action.quit)\u202Edm.LLIKS',
      variants: [
        place('acme/payments-api:.agents/skills/fix-$(flame)/SKILL.md', {
          description: '[Read this](command:workbench.action.quit)\n\u001B[31m$(warning) <b>now</b>',
          base_prompt: '[Read this](command:workbench.action.quit) ![x](https://evil.example/x.png)',
          environments: [{ uid: environments.payments, name: '$(zap) \u200Bpayments' }],
        }),
      ],
    },
  ];
}

const malformedSkills = [
  [
    'load-test',
    'acme/payments-api:.agents/skills/load-test/SKILL.md',
    'The front matter is not YAML: mapping values are not allowed here, line 3',
  ],
  [
    'release-notes',
    'acme/storefront:.agents/skills/release-notes/SKILL.md',
    'The front matter is not YAML: the quoted text in line 3 has no end',
  ],
] as const;

function sourceOf(spec: string): SkillItem['variants'][number]['source'] {
  const [repository = '', skill_path = ''] = spec.split(':');
  const [owner = '', name = ''] = repository.split('/');
  return { owner, name, skill_path };
}
