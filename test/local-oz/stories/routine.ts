import { told } from './story';

/** What schedules and webhooks start. */
export const dependencies = told((script) => {
  script.act({
    category: 'skill',
    name: 'read_skill',
    input: { skill_path: '.agents/skills/update-dependencies/SKILL.md', name: 'update-dependencies' },
    output: { name: 'update-dependencies' },
    takes: 1,
  });
  script.run(
    'npm outdated --json | jq -r "to_entries[] | [.key, .value.current, .value.wanted] | @tsv"',
    '@tanstack/react-query\t5.101.2\t5.101.4\neslint\t10.14.0\t10.15.0\nplaywright\t1.65.0\t1.65.1\nvite\t8.2.1\t8.2.3',
    { takes: 5 },
  );
  script.run('npm update @tanstack/react-query playwright vite', 'changed 7 packages in 9s', { takes: 9 });
  script.run('npm test', ' Test Files  188 passed (188)\n      Tests  2140 passed (2140)', { takes: 60 });
  script.run('npm install eslint@10.15.0 && npm run lint', '✔ 0 problems', { takes: 30 });
  script.say('Three patch releases in one pull request, `eslint` 10.15 in another. Nothing else was out of date.');
});

export const dependenciesFailed = told((script) => {
  script.run('npm update', 'changed 31 packages in 14s', { takes: 14 });
  script.run(
    'npm test',
    " Test Files  \u001b[31m3 failed\u001b[39m | 185 passed (188)\n\n FAIL  src/search/rank.test.ts > ranks exact matches first\nTypeError: Cannot read properties of undefined (reading 'score')",
    { exit: 1, takes: 61 },
  );
  script.run('git bisect run npm test -- src/search', 'minisearch 7.4.0 is the first bad version', { takes: 200 });
  script.say('`minisearch` 7.4 drops `score` from suggestions. I left everything as it was; somebody has to decide.');
});

export const flakyTests = told((script) => {
  script.run(
    'gh run list --branch main --limit 200 --json conclusion,headSha | npx flaky',
    'cart › survives a reload           7 / 200\nsearch › debounces typing          3 / 200\ncheckout › shows the 3-D Secure frame  1 / 200',
    { takes: 20 },
  );
  script.read('e2e/cart.spec.ts');
  script.say('The test waits 500 ms instead of waiting for the cart. On a busy machine that is not enough.');
  script.edit(
    'Wait for the cart, not for the clock',
    ['e2e/cart.spec.ts'],
    `--- a/e2e/cart.spec.ts
+++ b/e2e/cart.spec.ts
@@ -18,5 +18,5 @@ test('survives a reload', async ({ page }) => {
   await page.reload();
-  await page.waitForTimeout(500);
+  await expect(page.getByTestId('cart-count')).toHaveText('2');
 });
`,
  );
  script.run('npx playwright test e2e/cart.spec.ts --repeat-each 50', '  50 passed (2.8m)', { takes: 168 });
  script.say('50 of 50 runs pass. The other two are rarer; I wrote what I know about them into the issue.');
});

export const reconcile = told((script) => {
  script.run('make reconcile day=yesterday', '1,204 payouts, 1,204 entries, difference 0.00 EUR', { takes: 44 });
  script.say('Every payout has its entry. Nothing to do.');
});

export const reconcileDifference = told((script) => {
  script.run(
    'make reconcile day=yesterday',
    '1,187 payouts, 1,186 entries, difference 49.90 EUR\n\npo_8812  49.90 EUR  no entry',
    {
      exit: 1,
      takes: 46,
    },
  );
  script.grep(['po_8812'], 'logs', ['logs/ledger-worker.log']);
  script.say(
    'Payout `po_8812` has no entry: the worker stopped between the payout and the entry, and was not started again for it. I opened an issue with the log.',
  );
});

export const releaseNotes = told((script) => {
  script.run('git log --merges --format=%s v4.17.0..main', '38 merges');
  script.say(`## 4.18

- **Guests keep their cart** for two weeks.
- The order page has a **dark theme**.
- Searching for a size finds it in every unit: \`EU 42\`, \`UK 8\`, \`US 9\`.

Also: 14 fixes, of which the one for double discounts matters most.`);
});

export const drift = told((script) => {
  script.run(
    'for w in $(terraform workspace list); do terraform plan -detailed-exitcode -no-color; done',
    'network: No changes.\nstaging: Plan: 0 to add, 2 to change, 0 to destroy.\nproduction: No changes.',
    { takes: 95 },
  );
  script.say(
    'Staging differs twice: somebody widened a security group by hand, and the instance type of the worker was changed. Production is as written.',
  );
});

export const review = told((script) => {
  script.act({
    category: 'skill',
    name: 'read_skill',
    input: { bundled_skill_id: 'security-review' },
    output: { name: 'security-review' },
    takes: 1,
  });
  script.run('gh pr diff 607', '4 files changed, 112 insertions(+), 19 deletions(-)', { takes: 3 });
  script.read('internal/refunds/refund.go', 'internal/refunds/store.go');
  script.act({
    category: 'review',
    name: 'insert_review_comments',
    input: {
      repo_path: 'acme/payments-api',
      base_branch: 'main',
      comments: [
        {
          file_path: 'internal/refunds/refund.go',
          line: 64,
          body: 'Two refunds with the same key but other amounts both pass: compare the amount with the stored one.',
        },
        {
          file_path: 'internal/refunds/store.go',
          line: 21,
          body: 'The unique index is missing, so the key protects nothing under load.',
        },
      ],
    },
    output: { comments: 2, url: 'https://github.com/acme/payments-api/pull/607#pullrequestreview-1' },
    takes: 4,
  });
  script.say('Two comments, one of them about money: the idempotency key is checked, but the amount is not.');
});

export const shortReview = told((script) => {
  script.run(
    'gh pr diff 611 --name-only',
    'cmd/api/routes.go\ninternal/wallet/session.go\ninternal/wallet/session_test.go',
  );
  script.read('internal/wallet/session.go');
  script.say('No objection. The allow-list of hosts is the important part, and it is tested.');
});

export const certificates = told((script) => {
  script.run(
    'openssl s_client -connect apple-pay-gateway.apple.com:443 -showcerts </dev/null 2>/dev/null | grep "s:"',
    ' 0 s:CN = apple-pay-gateway.apple.com\n 1 s:CN = Apple Public EV Server RSA CA 2 - G1\n 2 s:CN = DigiCert High Assurance EV Root CA',
  );
  script.say('The chain ends at a root that the image trusts.');
});

export const pictures = told((script) => {
  script.act({
    category: 'computer',
    name: 'use_computer',
    input: { action_summary: 'Open the checkout in Safari and in Chrome' },
    output: { screenshots: ['checkout-safari', 'checkout-chrome'] },
    takes: 31,
  });
  script.say('The button shows in Safari and is hidden in Chrome, as it should be.');
});

export const webhookDocs = told((script) => {
  script.read('internal/webhooks/payout.go', 'docs/webhooks.md');
  script.edit(
    'Describe the payout webhook',
    ['docs/webhooks.md'],
    `--- a/docs/webhooks.md
+++ b/docs/webhooks.md
@@ -40,3 +40,17 @@ Sent when a refund has arrived at the customer's bank.
+### \`payout.created\`
+
+Sent once a day for every account with a balance above zero.
+
+\`\`\`json
+{ "type": "payout.created", "payout": { "id": "po_8812", "amount": 4990, "currency": "EUR" } }
+\`\`\`
+
+It may arrive twice: use \`id\` to tell.
`,
  );
  script.say('The payout webhook is described like the others, with an example that the tests check.');
});

export const searchRanking = told((script) => {
  script.run('npm run rank -- --weights title=3,brand=2,text=1', 'nDCG@10  0.71 → 0.78', { takes: 30 });
  script.say('Counting the brand twice is worth 7 points on last month’s searches.');
});

export const scoring = told((script) => {
  script.run('oz-score --since 7d', '58 runs, 49 good, 6 so-so, 3 bad', { takes: 80 });
  script.say('Runs that name the file they are about end well more often (92 % against 71 %).');
});

export const slowQueries = told((script) => {
  script.run(
    `psql "$ORDERS_URL" -c "select query, calls, mean_exec_time from pg_stat_statements order by total_exec_time desc limit 3"`,
    ` query                                      | calls | mean_exec_time
--------------------------------------------+-------+----------------
 select * from orders where customer_id = $1 | 88412 |        3120.44
 select * from lines where order_id = any($1) |  1204 |        2800.10
 update orders set seen_at = now()           |   311 |        1902.71`,
  );
  script.say(
    'The first one is called 88,412 times a day and has no index. The report has all three with what would help.',
  );
});

export const auditTrail = told((script) => {
  script.run(
    'make audit from=2026-07-01 to=2026-09-30 out=out/',
    'wrote out/audit-q3.csv (1 line)\nwrote out/report.html',
    {
      takes: 90,
    },
  );
  for (const path of ['out/audit-q3.csv', 'out/report.html', '../../../../.bashrc', 'out/heap.bin']) {
    script.act({
      category: 'files',
      name: 'upload_artifact',
      input: { path, description: 'For the auditors' },
      output: {
        artifact_uid: `upload-${path.length}`,
        filepath: path,
        mime_type: 'application/octet-stream',
        size_bytes: 1000,
      },
      takes: 2,
    });
  }
  script.say('Everything that the auditors asked for is attached.');
});
