import { told } from './story';

/** Still going on when it is first seen. */
export const fasterListing = told((script) => {
  script.say('I will measure first. The listing page waits for one query, so its plan should say where the time goes.');
  script.run(
    'psql "$DATABASE_URL" -c "explain (analyze, buffers) $(cat queries/listing.sql)"',
    `Limit  (cost=48211.02..48211.07 rows=24 width=412) (actual time=1843.207..1843.215 rows=24 loops=1)
  Buffers: shared hit=9120 read=31877
  ->  Sort  (cost=48211.02..48349.90 rows=55551 width=412) (actual time=1843.205..1843.209 rows=24 loops=1)
        Sort Key: p.popularity DESC
        ->  Hash Join  (cost=3120.44..46658.31 rows=55551 width=412) (actual time=96.114..1790.002 rows=54120 loops=1)
              Hash Cond: (p.id = v.product_id)
              ->  Seq Scan on products p  (actual time=0.021..1402.518 rows=54120 loops=1)
                    Filter: (category_path <@ 'women.shoes'::ltree)
                    Rows Removed by Filter: 812903
Planning Time: 1.902 ms
Execution Time: 1843.402 ms`,
    { takes: 4 },
  );
  script.say(
    'A sequential scan over 867,000 products, 94 % of them thrown away. `category_path` has no index that `<@` can use.',
  );
  script.event('update_todos', {
    todos: [
      { title: 'Measure the query', status: 'completed' },
      { title: 'Index category_path', status: 'in_progress' },
      { title: 'Sort by popularity without reading every row', status: 'pending' },
      { title: 'Measure again with production statistics', status: 'pending' },
    ],
  });
  script.step(
    'Look at how migrations are written here',
    () => {
      script.act({
        category: 'search',
        name: 'file_glob',
        input: { patterns: ['db/migrations/*.sql'], path: '.' },
        output: {
          files: [
            { path: 'db/migrations/0141_orders_currency.sql' },
            { path: 'db/migrations/0142_drop_legacy_tags.sql' },
          ],
        },
      });
      script.read('db/migrations/0142_drop_legacy_tags.sql', 'docs/migrations.md');
    },
    'Migrations are plain SQL, indexes are created `concurrently`, and each has a file that undoes it.',
  );
  script.edit(
    'Index the category path',
    ['db/migrations/0143_listing_index.sql'],
    `--- /dev/null
+++ b/db/migrations/0143_listing_index.sql
@@ -0,0 +1,5 @@
+-- migrate:no-transaction
+create index concurrently if not exists products_category_path_gist
+  on products using gist (category_path);
+create index concurrently if not exists products_popularity
+  on products (popularity desc) include (id, title, price);
`,
  );
  script.run('make migrate db=scratch', 'Applying 0143_listing_index.sql ... done (41.8 s)', { takes: 42 });
  script.run(
    'psql "$SCRATCH_URL" -c "explain (analyze) $(cat queries/listing.sql)" | tail -2',
    'Planning Time: 2.114 ms\nExecution Time: 38.920 ms',
    { takes: 3 },
  );
  script.say('From 1,843 ms to 39 ms on a copy of production. Now the page itself, with 50 visitors at once.');
  script.run('npm run bench:listing -- --visitors 50', 'p50  61 ms\np95 118 ms\np99 160 ms', { takes: 90 });
  script.run('npm test', ' Test Files  188 passed (188)\n      Tests  2140 passed (2140)', { takes: 60 });
  script.say('The listing answers in 61 ms at the median, 30 times faster than before. I am opening the pull request.');
});

export const applePay = told((script) => {
  script.say(
    'This touches three places, so I will split it: the button in the shop, the merchant validation in the payments API, and end-to-end tests for both.',
  );
  script.act({
    category: 'documents',
    name: 'create_plan',
    input: { title: 'Apple Pay in the checkout sheet' },
    output: { document_id: 'doc-apple-pay' },
    takes: 3,
  });
  script.event('run_agents', {
    agents: ['Payment request button', 'Merchant validation endpoint', 'End-to-end tests for Apple Pay'],
  });
  script.step(
    'Payment request button',
    () => {
      script.say('Started as a run of its own.');
      script.wait(1100);
      script.say('Done. Pull request #1847 is open, behind the `applePay` flag.');
    },
    'Pull request #1847',
  );
  script.step(
    'Merchant validation endpoint',
    () => {
      script.wait(30);
      script.say('Done. Pull request #611 is open.');
      script.step('Review the validation endpoint', () => {
        script.say('No objection. The allow-list of hosts is the important part, and it is tested.');
      });
    },
    'Pull request #611, reviewed',
  );
  script.say('Both halves are there. The end-to-end tests start as soon as a machine with Safari is free.');
  script.wait(1200);
  script.run('npm run e2e -- --grep "Apple Pay"', '  6 passed (1.2m)', { takes: 72 });
  script.say('Everything passes. Merge #611 first, then #1847, then turn on `applePay` for staff.');
});

export const rotatePassword = told((script) => {
  script.read('modules/database/staging.tf', 'docs/runbooks/rotate-passwords.md');
  script.say('The runbook has four steps. The first two change nothing that is in use.');
  script.run(
    'terraform plan -target=module.database.random_password.staging',
    'Plan: 1 to add, 0 to change, 1 to destroy.',
  );
  script.run(
    'aws secretsmanager put-secret-value --secret-id staging/db --version-stages AWSPENDING',
    '{\n    "VersionStages": ["AWSPENDING"]\n}',
  );
  script.act({
    category: 'command',
    name: 'run_command',
    input: { command: 'psql "$STAGING_ADMIN_URL" -c "alter role app password :new"' },
    say: 'The next step cuts off every connection that still has the old password. It needs your approval.',
  });
});

export const giftCards = told((script) => {
  script.grep(['giftCard', 'taxRate'], 'src', ['src/tax/rates.ts', 'src/products/giftCard.ts']);
  script.read('src/tax/rates.ts', 'docs/tax.md');
  script.say(
    `There are two kinds of gift card in the catalogue, and the rules differ:

1. **For any product** ("multi-purpose"): no tax when sold, tax when used.
2. **For one product group** ("single-purpose", the book vouchers): taxed when sold, at the rate of the group.

The code treats both as 1. Should I change the book vouchers to 2? It changes invoices that were not sent yet.`,
  );
});

export const latencySpike = told((script) => {
  script.say('I will look at the traces of the slowest requests between 13:10 and 13:40.');
  script.act({
    category: 'integration',
    name: 'call_mcp_tool',
    input: { server: 'grafana', name: 'query_traces', input: { service: 'checkout', minDuration: '2s', limit: 50 } },
    output: {
      result: {
        content: [
          {
            type: 'text',
            text: '50 traces\n43 wait in tax-service.GetRates (p50 3.1 s)\n5 wait in payments.Authorize (p50 2.2 s)\n2 others',
          },
        ],
      },
    },
    takes: 6,
  });
  script.say('43 of 50 wait for the tax service. Something changed there at 13:08.');
  script.run(
    "git -C tax-service log --since='13:00' --until='13:15' --oneline",
    '9f2c1aa Load rates per request instead of at start',
  );
  script.act({
    category: 'search',
    name: 'search_codebase',
    input: { query: 'where tax rates are loaded', codebase: 'acme/payments-api' },
    output: { files: [{ path: 'internal/tax/rates.go' }, { path: 'internal/tax/cache.go' }] },
  });
  script.read('internal/tax/rates.go');
  script.say(`Commit \`9f2c1aa\` loads the rates at every request. The file has 4 MB and comes from S3.

| Time | p50 | p99 | Requests/s |
| ---: | ---: | ---: | ---: |
| 13:00 | 84 ms | 310 ms | 212 |
| 13:10 | 1,920 ms | 6,400 ms | 198 |
| 13:30 | 3,100 ms | 9,800 ms | 141 |
| 13:45 (rolled back) | 86 ms | 320 ms | 220 |

\`\`\`go
// internal/tax/rates.go
func (s *Service) GetRates(ctx context.Context, country string) (Rates, error) {
	file, err := s.bucket.Get(ctx, "rates.json") // 4 MB, every time
	if err != nil {
		return Rates{}, err
	}
	return parse(file, country)
}
\`\`\`

**Proposal:** keep what is loaded for five minutes, and load again in the background. The plan is attached; I changed nothing.`);
});

export const cancelledTranslation = told((script) => {
  script.say('I will collect the texts first.');
  script.run('npm run i18n:extract', '412 messages in 38 files');
  script.say('Starting with the address form.');
  script.system('The run was cancelled by Maya Lindqvist.');
});

export const darkTheme = told((script) => {
  script.say(
    'The order page uses 14 colours of its own. I will move them to the tokens first, then switch the tokens.',
  );
  script.read('src/orders/orderPage.css', 'src/theme/tokens.css');
  script.edit(
    'Use tokens on the order page',
    ['src/orders/orderPage.css', 'src/theme/tokens.css'],
    `--- a/src/orders/orderPage.css
+++ b/src/orders/orderPage.css
@@ -1,8 +1,8 @@
 .order {
-  background: #ffffff;
-  color: #1c1c1e;
-  border: 1px solid #e2e2e6;
+  background: var(--surface);
+  color: var(--text);
+  border: 1px solid var(--line);
 }
 
 .order-total {
-  color: #0a6b3d;
+  color: var(--positive);
 }
--- a/src/theme/tokens.css
+++ b/src/theme/tokens.css
@@ -12,3 +12,12 @@
   --line: #e2e2e6;
   --positive: #0a6b3d;
 }
+
+@media (prefers-color-scheme: dark) {
+  :root {
+    --surface: #16161a;
+    --text: #f2f2f5;
+    --line: #33333a;
+    --positive: #5fd39a;
+  }
+}
`,
  );
  script.act({
    category: 'computer',
    name: 'use_computer',
    input: { action_summary: 'Open the order page in both themes and take a picture of each' },
    output: {
      screenshots: ['order-light', 'order-dark'],
      summary: 'Both pages are readable; the total has a contrast of 7.9:1.',
    },
    takes: 24,
  });
  script.say(
    'Both themes are done. The pictures are attached; the pull request is a draft until design has seen them.',
  );
});

export const redisSessions = told((script) => {
  script.say('I will write the new store next to the old one, so that both can be read for a week.');
  script.read('src/session/memoryStore.ts');
  script.run('docker run -d --name redis -p 6379:6379 redis:8', "Unable to find image 'redis:8' locally", {
    exit: 125,
    takes: 300,
  });
  script.say('The image does not arrive. I will try once more.');
});

export const doubleCharge = told((script) => {
  script.say('A webhook that is sent again must not charge again. I will reproduce it with two equal calls.');
  script.read('internal/webhooks/handler.go', 'internal/ledger/charge.go');
  script.run(
    'go test ./internal/webhooks -run TestRetried -count=1',
    '--- FAIL: TestRetried (2.03s)\n    handler_test.go:88: charged 2 times, want 1\nFAIL',
    { exit: 1, takes: 9 },
  );
  script.edit(
    'Remember the webhooks that were handled',
    ['internal/webhooks/handler.go'],
    `--- a/internal/webhooks/handler.go
+++ b/internal/webhooks/handler.go
@@ -31,6 +31,10 @@ func (h *Handler) Handle(ctx context.Context, event Event) error {
+	fresh, err := h.seen.Add(ctx, event.ID)
+	if err != nil || !fresh {
+		return err
+	}
 	switch event.Type {
 	case "payment.succeeded":
 		return h.ledger.Charge(ctx, event.Payment)
`,
  );
  for (const attempt of [1, 2, 3]) {
    script.run(
      'go test ./internal/webhooks ./test/integration',
      `ok  \tacme/payments-api/internal/webhooks\t2.1s\n--- FAIL: TestSandboxPayment (30.00s)\n    dial tcp: lookup sandbox.psp.example: no such host (attempt ${attempt})\nFAIL`,
      { exit: 1, takes: 40 },
    );
  }
  script.say(
    'The fix works in the unit tests. The integration tests cannot reach the payment provider’s sandbox from this environment, so I cannot show that it works, and I did not open a pull request.',
  );
});
