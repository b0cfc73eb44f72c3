import { iso } from '../clock';
import type { Creator, Environment, OzState } from '../state';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The team of the scenarios: a shop with a web front, an API for payments, and its infrastructure. */
export const people = {
  maya: { type: 'user', uid: 'user-maya', display_name: 'Maya Lindqvist', email: 'maya@acme.example' },
  tomas: { type: 'user', uid: 'user-tomas', display_name: 'Tomás Rivera', email: 'tomas@acme.example' },
  priya: { type: 'user', uid: 'user-priya', display_name: 'Priya Nair', email: 'priya@acme.example' },
  jonas: { type: 'user', uid: 'user-jonas', display_name: 'Jonas Weber', email: 'jonas@acme.example' },
  bot: { type: 'service_account', uid: 'sa-acme-bot', display_name: 'acme-bot' },
} satisfies Record<string, Creator>;

export type Person = keyof typeof people;

export const environments = {
  storefront: 'env-storefront',
  payments: 'env-payments',
  infra: 'env-infra',
  all: 'env-all',
};

export type EnvironmentName = keyof typeof environments;

export const environmentNames: Record<EnvironmentName, string> = {
  storefront: 'Storefront',
  payments: 'Payments API',
  infra: 'Infrastructure',
  all: 'All services',
};

/** One of them is broken: its setup failed at its last run. */
export function addEnvironments(state: OzState): void {
  const make = (
    name: EnvironmentName,
    repos: string[],
    image: string,
    setup: string[],
    hoursAgo: number,
  ): Environment => ({
    uid: environments[name],
    config: {
      name: environmentNames[name],
      docker_image: image,
      github_repos: repos.map((repo) => ({ owner: 'acme', repo })),
      setup_commands: setup,
    },
    last_updated: iso(state.now - hoursAgo * HOUR),
    last_task_run_timestamp: iso(state.now - 600_000),
    setup_failed: false,
    scope: { type: 'Team', uid: 'team-acme' },
    creator: people.jonas,
    last_editor: people.tomas,
  });
  const infra = make('infra', ['infra'], 'hashicorp/terraform:1.14', ['terraform init'], 20);
  state.environments = [
    make('storefront', ['storefront'], 'node:22-bookworm', ['npm ci', 'npx playwright install chromium'], 50),
    make('payments', ['payments-api'], 'golang:1.26', ['go mod download', 'make generate'], 170),
    {
      ...infra,
      config: { ...infra.config, providers: { aws: { role_arn: 'arn:aws:iam::123456789012:role/oz-plan' } } },
    },
    make('all', ['storefront', 'payments-api', 'infra'], 'acme/workbench:2026-10', ['npm ci', 'make bootstrap'], 400),
    {
      ...make('payments', ['payments-api'], 'golang:1.26', ['go mod download', 'make staging-tunnel'], 30),
      uid: 'env-staging',
      config: {
        name: 'Payments staging',
        description: 'With a tunnel to the staging database',
        docker_image: 'golang:1.26',
        github_repos: [{ owner: 'acme', repo: 'payments-api' }],
        setup_commands: ['go mod download', 'make staging-tunnel'],
      },
      setup_failed: true,
    },
  ];
}

export function addModels(state: OzState): void {
  const model = (
    id: string,
    display_name: string,
    provider: 'OPENAI' | 'ANTHROPIC' | 'GOOGLE' | 'UNKNOWN',
    vision_supported = true,
  ) => ({
    id,
    display_name,
    provider,
    vision_supported,
  });
  state.models = {
    default_model_id: 'auto',
    models: [
      { ...model('auto', 'Auto', 'UNKNOWN'), description: 'Chooses a model that fits the task.' },
      { ...model('claude-opus-4-8', 'Claude Opus 4.8', 'ANTHROPIC'), reasoning_level: 'high' },
      { ...model('claude-sonnet-5', 'Claude Sonnet 5', 'ANTHROPIC'), reasoning_level: 'medium' },
      { ...model('gpt-5-5-codex', 'GPT-5.5 Codex', 'OPENAI'), reasoning_level: 'high' },
      { ...model('gpt-5-5-mini', 'GPT-5.5 mini', 'OPENAI'), disable_reason: 'ADMIN_DISABLED' },
      { ...model('gemini-3-5-pro', 'Gemini 3.5 Pro', 'GOOGLE'), disable_reason: 'PROVIDER_OUTAGE' },
      { ...model('claude-mythos', 'Claude Mythos', 'ANTHROPIC'), disable_reason: 'REQUIRES_UPGRADE' },
      { ...model('glm-5', 'GLM-5', 'UNKNOWN', false), disable_reason: 'OUT_OF_REQUESTS' },
    ],
  };
}

export function addIdentities(state: OzState): void {
  for (const [uid, name] of [
    ['agent-default', 'Acme agent'],
    ['agent-release', 'Release manager'],
    ['agent-oncall', 'On-call helper'],
  ] as const) {
    state.identities.set(uid, { uid, name, available: true, created_at: iso(state.now - 60 * DAY) });
  }
  state.defaultIdentityUid = 'agent-default';
}
