import { told, type Story } from './story';

interface Fix {
  plan: string;
  where: string[];
  found: string;
  edit: string;
  diff: string;
  test: string;
  passes: string;
  pull: { repository: string; number: number; branch: string };
  done: string;
}

/** Finds the cause, changes little, tests, and opens a pull request. */
export function fix(facts: Fix): Story {
  return told((script) => {
    const [file = ''] = facts.where;
    script.say(facts.plan);
    script.step(
      'Find the cause',
      () => {
        script.grep([file.split('/').at(-1)?.split('.')[0] ?? file], '.', facts.where);
        script.read(...facts.where);
      },
      facts.found,
    );
    script.say(facts.found);
    script.edit(facts.edit, facts.where.slice(0, 1), facts.diff);
    script.run(facts.test, facts.passes, { takes: 12 });
    script.run(
      `git switch -c ${facts.pull.branch} && git commit -am "${facts.edit}" && git push -u origin HEAD`,
      `To github.com:${facts.pull.repository}.git\n * [new branch]      HEAD -> ${facts.pull.branch}`,
    );
    script.act({
      category: 'integration',
      name: 'report_pr',
      input: { branch: facts.pull.branch, title: facts.edit },
      output: {
        url: `https://github.com/${facts.pull.repository}/pull/${facts.pull.number}`,
        number: facts.pull.number,
      },
      takes: 1,
    });
    script.say(facts.done);
  });
}

export const keepCart = fix({
  plan: 'I will look for the place where the cart is dropped when a session ends, and keep it there.',
  where: ['src/session/expiry.ts', 'src/cart/cartStore.ts', 'src/cart/cartStore.test.ts'],
  found:
    'A cart belongs to a session, and `expireSession` deletes everything with its id. Guests lose their cart after 30 minutes; signed-in customers get it back only because the server has a copy.',
  edit: 'Hand the cart over when a session expires',
  diff: `--- a/src/session/expiry.ts
+++ b/src/session/expiry.ts
@@ -14,10 +14,13 @@ export class SessionExpiry {
   /** Called by the timer, and at the next request after it was missed. */
   async expireSession(id: SessionId): Promise<void> {
     const session = await this.sessions.get(id);
     if (!session) return;
-    await this.carts.delete(session.cartId);
+    if (session.customer === undefined) {
+      // A guest comes back with the same browser: the cart waits for it, not for the session.
+      await this.carts.keepFor(session.browserId, session.cartId, GUEST_CART_DAYS);
+    }
     await this.sessions.delete(id);
     this.log.info('session expired', { id });
   }
 }
`,
  test: 'npm test -- src/cart src/session',
  passes:
    '\u001b[32m✓\u001b[39m src/cart/cartStore.test.ts \u001b[2m(18 tests)\u001b[22m 412ms\n\u001b[32m✓\u001b[39m src/session/expiry.test.ts \u001b[2m(9 tests)\u001b[22m 203ms\n\n Test Files  \u001b[32m2 passed\u001b[39m (2)\n      Tests  \u001b[32m27 passed\u001b[39m (27)',
  pull: { repository: 'acme/storefront', number: 1842, branch: 'oz/keep-guest-cart' },
  done: `Guests keep their cart for 14 days now, also when their session ends while the tab is open.

- **Cause:** \`expireSession\` deleted the cart together with the session.
- **Change:** a guest's cart is handed to the browser id; nothing changes for signed-in customers.
- **Tests:** two new ones, both fail without the change. All 27 in \`cart\` and \`session\` pass.

| Who | Before | Now |
| --- | --- | --- |
| Guest, tab open | lost after 30 min | kept 14 days |
| Guest, comes back | lost | kept 14 days |
| Signed in | kept | kept |

[Pull request #1842](https://github.com/acme/storefront/pull/1842) is open. One question for the review: legal wanted 7 days for guests in the EU. I left \`GUEST_CART_DAYS\` at 14 everywhere.`,
});

export const paymentButton = fix({
  plan: 'The button comes first, behind the `applePay` flag, with the payment sheet mocked.',
  where: ['src/checkout/PayButton.tsx', 'src/checkout/flags.ts'],
  found: '`PayButton` chooses its provider by a switch; a provider is an object with `canPay`, `begin` and `cancel`.',
  edit: 'Add the Apple Pay button',
  diff: `--- a/src/checkout/PayButton.tsx
+++ b/src/checkout/PayButton.tsx
@@ -3,6 +3,7 @@ import { card } from './providers/card';
 import { klarna } from './providers/klarna';
+import { applePay } from './providers/applePay';
 
-const providers = [card, klarna];
+const providers = [card, klarna, ...(flags.applePay ? [applePay] : [])];
 
 export function PayButton({ order }: { order: Order }) {
`,
  test: 'npm test -- src/checkout',
  passes: ' Test Files  6 passed (6)\n      Tests  71 passed (71)',
  pull: { repository: 'acme/storefront', number: 1847, branch: 'oz/apple-pay-button' },
  done: 'The button is there behind `applePay`, in the style that Apple asks for, and hidden where the browser cannot pay. [#1847](https://github.com/acme/storefront/pull/1847) is open.',
});

export const merchantValidation = fix({
  plan: 'I will add `POST /v1/apple-pay/session`, which asks Apple for a merchant session and passes it on.',
  where: ['internal/wallet/session.go', 'internal/wallet/session_test.go', 'cmd/api/routes.go'],
  found: 'Outgoing calls go through `internal/outbound`, which has the client certificate store that Apple needs.',
  edit: 'Validate Apple Pay merchants',
  diff: `--- a/internal/wallet/session.go
+++ b/internal/wallet/session.go
@@ -1,3 +1,31 @@
 package wallet
+
+// appleHosts are the only hosts a session is asked from: the address comes from the browser.
+var appleHosts = map[string]bool{
+	"apple-pay-gateway.apple.com":      true,
+	"apple-pay-gateway-cert.apple.com": true,
+}
+
+func (s *Service) MerchantSession(ctx context.Context, validationURL string) (json.RawMessage, error) {
+	target, err := url.Parse(validationURL)
+	if err != nil || target.Scheme != "https" || !appleHosts[target.Host] {
+		return nil, ErrUnknownHost
+	}
+	return s.outbound.PostJSON(ctx, target.String(), s.merchant)
+}
`,
  test: 'go test ./internal/wallet/... ./cmd/api/...',
  passes: 'ok  \tacme/payments-api/internal/wallet\t0.418s\nok  \tacme/payments-api/cmd/api\t1.207s',
  pull: { repository: 'acme/payments-api', number: 611, branch: 'oz/apple-pay-session' },
  done: 'The endpoint is in [#611](https://github.com/acme/payments-api/pull/611). It only calls the two hosts that Apple documents, because the address comes from the browser.',
});

export const lintErrors = fix({
  plan: 'Three rules fail on main since the last merge. I will fix the code, not the rules.',
  where: ['src/search/filters.ts', 'src/search/SearchBox.tsx'],
  found: 'Two promises are not awaited, and one effect misses a dependency.',
  edit: 'Await the filter calls',
  diff: `--- a/src/search/filters.ts
+++ b/src/search/filters.ts
@@ -40,5 +40,5 @@ export async function applyFilters(query: Query): Promise<Result[]> {
   for (const filter of query.filters) {
-    filter.prepare();
+    await filter.prepare();
   }
`,
  test: 'npm run lint',
  passes: '\n> storefront@4.18.0 lint\n> eslint .\n',
  pull: { repository: 'acme/storefront', number: 1839, branch: 'oz/lint-main' },
  done: 'Lint passes again: [#1839](https://github.com/acme/storefront/pull/1839).',
});

export const nullCheck = fix({
  plan: "The error tracker shows `Cannot read properties of undefined (reading 'price')` 212 times since the release.",
  where: ['src/cart/CartLine.tsx'],
  found: 'A product that was taken out of the catalogue stays in the cart without its data.',
  edit: 'Show products that are gone',
  diff: `--- a/src/cart/CartLine.tsx
+++ b/src/cart/CartLine.tsx
@@ -9,3 +9,4 @@ export function CartLine({ line }: Props) {
   const product = useProduct(line.productId);
+  if (!product) return <GoneLine line={line} />;
   const price = product.price * line.quantity;
`,
  test: 'npm test -- src/cart',
  passes: ' Test Files  1 passed (1)\n      Tests  19 passed (19)',
  pull: { repository: 'acme/storefront', number: 1811, branch: 'oz/gone-products' },
  done: 'A line for a product that is gone says so and can be removed. [#1811](https://github.com/acme/storefront/pull/1811).',
});
