import { keyPage } from '../product';
import { openUrl } from '../platform/openUrl';

/** Opens the page of the web app where a person makes an API key. */
export async function openKeyPage({ webUrl }: { webUrl: () => string }): Promise<void> {
  await openUrl(keyPage(webUrl()));
}
