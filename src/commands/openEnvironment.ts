import { openUrl } from '../platform/openUrl';
import { environmentsPage } from '../product';

/** Opens the page of the web app with the environments. */
export async function openEnvironment({ webUrl }: { webUrl: () => string }): Promise<void> {
  await openUrl(environmentsPage(webUrl()));
}
