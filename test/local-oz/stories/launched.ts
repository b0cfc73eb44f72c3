import type { Script } from '../script';

/** What a launched run changes, in the repository that it works in. */
export interface Change {
  repository: string;
  files: [source: string, test: string];
  found: string;
  edits: [title: string, diff: string][];
  command: string;
  passes: string;
  fails: string;
  done: string[];
  risks: [risk: string, answer: string][];
}

const storefront: Change = {
  repository: 'acme/storefront',
  files: ['src/discounts.ts', 'tests/discounts.test.ts'],
  found:
    '`expires` is the first moment at which a code is refused, but `discountFor` compares with `>`: at that very moment the code still counts.',
  edits: [
    [
      'Refuse a code from the moment it expires',
      `--- a/src/discounts.ts
+++ b/src/discounts.ts
@@ -8,7 +8,7 @@ export interface Discount {
 
 /** Returns how many cents a discount takes off. */
 export function discountFor(discount: Discount, net: number, now: Date): number {
-  if (now > discount.expires || net < (discount.minimum ?? 0)) {
+  if (now >= discount.expires || net < (discount.minimum ?? 0)) {
     return 0;
   }
   return Math.round((net * discount.percent) / 100);
 }
`,
    ],
    [
      'Test the moments before, at and after',
      `--- /dev/null
+++ b/tests/discounts.test.ts
@@ -0,0 +1,14 @@
+import assert from 'node:assert/strict';
+import { test } from 'node:test';
+import { discountFor } from '../src/discounts';
+
+const expires = new Date('2030-01-01T00:00:00Z');
+const ten = { code: 'TEN', percent: 10, expires };
+
+for (const [name, shift, cents] of [
+  ['just before it expires', -1, 125],
+  ['at the moment it expires', 0, 0],
+  ['just after', 1, 0],
+] as const) {
+  test(name, () => assert.equal(discountFor(ten, 1250, new Date(expires.getTime() + shift)), cents));
+}
`,
    ],
  ],
  command: 'npm test',
  passes: [
    '\u001b[32m✔ an item that is in the cart gets a higher quantity\u001b[39m (0.9ms)',
    '\u001b[32m✔ only the best discount counts\u001b[39m (0.3ms)',
    '\u001b[32m✔ just before it expires\u001b[39m (0.2ms)',
    '\u001b[32m✔ at the moment it expires\u001b[39m (0.1ms)',
    '\u001b[32m✔ just after\u001b[39m (0.1ms)',
    '',
    'ℹ tests 5',
    'ℹ pass 5',
    'ℹ fail 0',
  ].join('\n'),
  fails: [
    '\u001b[32m✔ only the best discount counts\u001b[39m (0.3ms)',
    '\u001b[31m✖ at the moment it expires\u001b[39m (1.4ms)',
    '',
    '  Expected values to be strictly equal:',
    '  \u001b[32m125\u001b[39m !== \u001b[31m0\u001b[39m',
    '',
    'ℹ tests 5',
    'ℹ pass 4',
    'ℹ fail 1',
  ].join('\n'),
  done: [
    '`src/discounts.ts`: a code is refused from the moment it expires.',
    '`tests/discounts.test.ts`: just before, at and just after that moment. The second fails without the change.',
    'All 5 tests pass.',
  ],
  risks: [
    ['Codes that end at midnight lose their last second', 'they were never meant to have it; the help page says so'],
    ['The server and the shop disagree about the time', 'both take the time of the order'],
  ],
};

const payments: Change = {
  repository: 'acme/payments-api',
  files: ['internal/refunds/refund.go', 'internal/refunds/refund_test.go'],
  found: 'A refund is compared with the payment, but not with the refunds that were made before.',
  edits: [
    [
      'Count earlier refunds',
      `--- a/internal/refunds/refund.go
+++ b/internal/refunds/refund.go
@@ -38,7 +38,11 @@ func (s *Service) Refund(ctx context.Context, id string, amount int64) error {
 	payment, err := s.payments.Get(ctx, id)
 	if err != nil {
 		return err
 	}
-	if amount > payment.Amount {
+	refunded, err := s.store.Sum(ctx, id)
+	if err != nil {
+		return err
+	}
+	if amount > payment.Amount-refunded {
 		return ErrTooMuch
 	}
`,
    ],
  ],
  command: 'go test ./internal/refunds/...',
  passes: 'ok  \tacme/payments-api/internal/refunds\t0.731s',
  fails: '--- FAIL: TestSecondRefund (0.01s)\n    refund_test.go:52: refunded 14990, want ErrTooMuch\nFAIL',
  done: [
    '`refund.go`: what was refunded before counts.',
    '`refund_test.go`: a second refund that is too large is refused.',
  ],
  risks: [['Two refunds at the same moment', 'the sum is read in the transaction that writes']],
};

/** The change for a repository; others get the storefront's under their own name. */
export function changeIn(repository: string): Change {
  return repository === payments.repository ? payments : { ...storefront, repository };
}

export function planFor(title: string, { files: [source], risks }: Change): string {
  return [
    `# ${title}`,
    '',
    `1. Find out what \`${source}\` does today.`,
    '2. Make the smallest change, with no new dependency.',
    '3. Add a test that fails without it.',
    '4. Run the suite and open a pull request.',
    '',
    '| Risk | Answer |',
    '| --- | --- |',
    ...risks.map(([risk, answer]) => `| ${risk} | ${answer} |`),
  ].join('\n');
}

/** The part of the work that every launched run begins with. `mentioned` are paths that the prompt names. */
export function beginWork(script: Script, title: string, change: Change, planUid: string, mentioned: string[]): void {
  script.say('I will look at how this works today, make the smallest change that does it, and run the tests.');
  script.act({
    category: 'documents',
    name: 'create_plan',
    input: { title, content: planFor(title, change) },
    output: { document_id: planUid },
    takes: 2,
  });
  script.step(
    `Find the code in ${change.repository}`,
    () => {
      const [source] = change.files;
      const name = source.split('/').at(-1)?.split('.')[0] ?? source;
      script.grep([name], '.', [...new Set([...mentioned, source])]);
      script.read(...new Set([...mentioned, source]));
    },
    change.found,
  );
  script.say(change.found);
}
