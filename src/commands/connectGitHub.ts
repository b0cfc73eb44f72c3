import { openUrl } from '../platform/openUrl';
import { integrationsPage } from '../product';

/** Opens the page of the web app where GitHub and other accounts are connected. */
export async function connectGitHub({ webUrl }: { webUrl: () => string }): Promise<void> {
  await openUrl(integrationsPage(webUrl()));
}
