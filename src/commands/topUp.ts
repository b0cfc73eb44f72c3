import { openUrl } from '../platform/openUrl';
import { billingPage } from '../product';

/** Opens the page of the web app with the plan, its credits and its limits. */
export async function topUp({ webUrl }: { webUrl: () => string }): Promise<void> {
  await openUrl(billingPage(webUrl()));
}
