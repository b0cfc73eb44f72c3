import { shopPage } from '../png';
import { pull, textFile } from './demoArtifacts';
import { demoOddRows } from './demoOddRows';
import type { Row } from './demoRuns';
import * as fixes from '../stories/fixes';
import {
  certificates,
  pictures,
  review,
  searchRanking,
  shortReview,
  slowQueries,
  webhookDocs,
} from '../stories/routine';
import * as work from '../stories/work';

/** The runs that people and other services started, newest first within each part. */
export function demoRows(): Row[] {
  return [...activeRows(), ...waitingRows(), ...finishedRows(), ...demoOddRows()];
}

const APPLE_PAY_PLAN = `# Apple Pay in the checkout sheet

1. **Button** in the shop, behind the flag \`applePay\`
2. **Merchant validation** in the payments API
3. **End-to-end tests** in Safari

| Part | Run | Risk |
| --- | --- | --- |
| Button | its own | none, hidden by the flag |
| Validation | its own | an address from the browser is called |
| Tests | its own | need a machine with Safari |
`;

function activeRows(): Row[] {
  return [
    {
      title: 'Speed up the product listing query',
      prompt:
        'The listing page for women/shoes takes almost two seconds. Find out why, fix it, and show the numbers before and after.',
      state: 'INPROGRESS',
      source: 'API',
      by: 'maya',
      ago: 7,
      took: 15,
      environment: 'storefront',
      model: 'claude-opus-4-8',
      story: work.fasterListing,
      result: [pull('storefront', 1851, 'oz/listing-index')],
    },
    {
      title: 'Backfill missing invoice PDFs for October',
      state: 'QUEUED',
      source: 'CLI',
      by: 'tomas',
      ago: 0.7,
      environment: 'payments',
    },
    {
      title: 'Upgrade the AWS provider to 6.x',
      state: 'CLAIMED',
      source: 'LINEAR',
      by: 'jonas',
      ago: 1.5,
      environment: 'infra',
      extra: { trigger_url: 'https://linear.app/acme/issue/INF-218' },
    },
    {
      key: 'applePay',
      title: 'Add Apple Pay to the checkout sheet',
      prompt:
        'Add Apple Pay next to cards and Klarna. Split the work if it helps. Nothing may be visible without the flag.',
      state: 'INPROGRESS',
      source: 'SLACK',
      by: 'priya',
      ago: 48,
      took: 70,
      environment: 'all',
      model: 'claude-opus-4-8',
      story: work.applePay,
      artifacts: [{ kind: 'plan', title: 'Apple Pay in the checkout sheet', content: APPLE_PAY_PLAN }],
      extra: { trigger_url: 'https://acme.slack.com/archives/C024BE91L/p1763800000000100' },
    },
    {
      key: 'button',
      parent: 'applePay',
      title: 'Payment request button',
      state: 'SUCCEEDED',
      source: 'ORCHESTRATION',
      by: 'priya',
      ago: 44,
      took: 19,
      environment: 'storefront',
      story: fixes.paymentButton,
      artifacts: [pull('storefront', 1847, 'oz/apple-pay-button')],
    },
    {
      parent: 'button',
      title: 'Pictures of the button in Safari and Chrome',
      state: 'SUCCEEDED',
      source: 'ORCHESTRATION',
      by: 'priya',
      ago: 30,
      took: 4,
      environment: 'storefront',
      story: pictures,
      artifacts: [
        { kind: 'screenshot', description: 'Checkout in Safari', bytes: () => shopPage(false, [12, 12, 14]) },
        { kind: 'screenshot', description: 'Checkout in Chrome', bytes: () => shopPage(false) },
      ],
    },
    {
      key: 'validation',
      parent: 'applePay',
      title: 'Merchant validation endpoint',
      state: 'SUCCEEDED',
      source: 'ORCHESTRATION',
      by: 'priya',
      ago: 43,
      took: 24,
      environment: 'payments',
      story: fixes.merchantValidation,
      artifacts: [pull('payments-api', 611, 'oz/apple-pay-session')],
    },
    {
      key: 'review',
      parent: 'validation',
      title: 'Review the validation endpoint',
      state: 'SUCCEEDED',
      source: 'ORCHESTRATION',
      by: 'priya',
      ago: 24,
      took: 4,
      environment: 'payments',
      skill: 'security',
      story: shortReview,
    },
    {
      parent: 'review',
      title: 'Check the certificate chain',
      state: 'SUCCEEDED',
      source: 'ORCHESTRATION',
      by: 'priya',
      ago: 22,
      took: 1,
      environment: 'payments',
      story: certificates,
    },
    {
      parent: 'applePay',
      title: 'End-to-end tests for Apple Pay',
      state: 'PENDING',
      source: 'ORCHESTRATION',
      by: 'priya',
      ago: 3,
      environment: 'all',
      status: { message: 'Preparing the environment' },
    },
  ];
}

function waitingRows(): Row[] {
  return [
    {
      title: 'Rotate the staging database password',
      prompt: 'Follow docs/runbooks/rotate-passwords.md for staging.',
      state: 'BLOCKED',
      source: 'WEB_APP',
      by: 'jonas',
      ago: 26,
      took: 9,
      environment: 'infra',
      status: { message: 'The agent got stuck waiting for user confirmation on the action: run_command' },
      story: work.rotatePassword,
    },
    {
      title: 'Fix the double charge on retried webhooks',
      prompt: 'PAY-412: a webhook that the provider sends again charges the customer twice. Write the test first.',
      state: 'FAILED',
      source: 'LINEAR',
      by: 'tomas',
      ago: 75,
      took: 32,
      environment: 'payments',
      status: {
        message: 'The integration tests could not reach the payment provider’s sandbox (3 attempts).',
        error_code: 'agent_process_failed',
        retryable: true,
      },
      story: work.doubleCharge,
      extra: { trigger_url: 'https://linear.app/acme/issue/PAY-412' },
    },
    {
      title: 'Move the session store to Redis',
      state: 'ERROR',
      source: 'API',
      by: 'maya',
      ago: 190,
      took: 14,
      environment: 'all',
      status: {
        message: 'The sandbox did not answer any more (trace 7be3f0c2a94d41d8).',
        error_code: 'infrastructure_timeout',
        retryable: true,
      },
      story: work.redisSessions,
    },
    {
      title: 'Which tax rate applies to gift cards?',
      prompt: 'Customers ask why gift cards are taxed. Check what we do, and fix it if it is wrong.',
      state: 'BLOCKED',
      source: 'SLACK',
      by: 'priya',
      ago: 300,
      took: 6,
      environment: 'storefront',
      status: { message: 'Should the book vouchers be taxed when they are sold?' },
      story: work.giftCards,
    },
  ];
}

function finishedRows(): Row[] {
  return [
    {
      title: 'Keep the cart when a session expires',
      prompt:
        'Guests lose their cart after half an hour. Keep it for two weeks, also when they close the tab. Signed-in customers must not notice a difference.',
      state: 'SUCCEEDED',
      source: 'API',
      by: 'maya',
      ago: 58,
      took: 24,
      environment: 'storefront',
      model: 'claude-sonnet-5',
      story: fixes.keepCart,
      artifacts: [
        {
          kind: 'plan',
          title: 'Keep the cart when a session expires',
          content:
            '# Keep the cart\n\n1. Find where it is dropped\n2. Hand a guest’s cart to the browser id\n3. Test both ways of losing a session\n',
        },
        pull('storefront', 1842, 'oz/keep-guest-cart'),
        { kind: 'screenshot', description: 'The cart after a new session', bytes: () => shopPage(false) },
      ],
    },
    {
      title: 'Explain the spike in checkout latency',
      prompt: 'Checkout was slow between 13:10 and 13:40. What happened? Change nothing.',
      state: 'SUCCEEDED',
      source: 'SLACK',
      by: 'priya',
      ago: 95,
      took: 16,
      environment: 'all',
      story: work.latencySpike,
      artifacts: [
        {
          kind: 'plan',
          title: 'Keep tax rates in memory',
          content: '# Keep tax rates in memory\n\nLoad `rates.json` every five minutes, in the background.\n',
        },
      ],
    },
    {
      title: 'Translate the checkout into Swedish',
      state: 'CANCELLED',
      source: 'WEB_APP',
      by: 'maya',
      ago: 160,
      took: 5,
      environment: 'storefront',
      status: { message: 'Cancelled by Maya Lindqvist' },
      story: work.cancelledTranslation,
    },
    {
      title: 'Add a dark theme to the order page',
      state: 'SUCCEEDED',
      source: 'API',
      by: 'maya',
      ago: 210,
      took: 38,
      environment: 'storefront',
      story: work.darkTheme,
      artifacts: [
        pull('storefront', 1844, 'oz/dark-order-page', 'draft'),
        { kind: 'screenshot', description: 'Order page, light', bytes: () => shopPage(false) },
        { kind: 'screenshot', description: 'Order page, dark', bytes: () => shopPage(true) },
      ],
    },
    {
      title: 'Review #607: idempotent refunds',
      prompt: 'Review https://github.com/acme/payments-api/pull/607',
      state: 'SUCCEEDED',
      source: 'GITHUB_WEBHOOK',
      by: 'bot',
      ago: 260,
      took: 8,
      environment: 'payments',
      skill: 'security',
      story: review,
      extra: { trigger_url: 'https://github.com/acme/payments-api/pull/607' },
    },
    {
      title: 'Describe the payout webhook',
      state: 'SUCCEEDED',
      source: 'CLI',
      by: 'tomas',
      ago: 330,
      took: 11,
      environment: 'payments',
      story: webhookDocs,
      artifacts: [pull('payments-api', 609, 'oz/payout-webhook-docs', 'merged')],
    },
    {
      title: 'Try out a new search ranking',
      state: 'SUCCEEDED',
      source: 'LOCAL',
      by: 'maya',
      ago: 400,
      took: 12,
      story: searchRanking,
    },
    {
      title: 'Fix lint errors on main',
      state: 'SUCCEEDED',
      source: 'GITHUB_ACTION',
      by: 'bot',
      ago: 420,
      took: 3,
      environment: 'storefront',
      story: fixes.lintErrors,
      artifacts: [pull('storefront', 1839, 'oz/lint-main', 'merged')],
    },
    {
      title: 'Show products that are gone',
      prompt: 'TypeError in CartLine.tsx, 212 times since 4.17.2',
      state: 'SUCCEEDED',
      source: 'AUTOFIX',
      by: 'bot',
      ago: 1500,
      took: 6,
      environment: 'storefront',
      story: fixes.nullCheck,
      artifacts: [pull('storefront', 1811, 'oz/gone-products', 'merged')],
    },
    {
      title: 'Find slow queries in the orders service',
      state: 'SUCCEEDED',
      source: 'CLOUD_MODE',
      by: 'tomas',
      ago: 1620,
      took: 21,
      environment: 'payments',
      story: slowQueries,
      artifacts: [
        textFile(
          'reports/slow-queries.csv',
          'text/csv',
          'query,calls,mean_ms\n"select * from orders where customer_id = $1",88412,3120\n"select * from lines",1204,2800\n',
          'The three slowest queries',
        ),
      ],
    },
  ];
}
