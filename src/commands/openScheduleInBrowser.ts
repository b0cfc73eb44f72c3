import { openUrl } from '../platform/openUrl';
import { schedulesPage } from '../product';

/** Opens the page of the web app with the schedules. */
export async function openScheduleInBrowser({ webUrl }: { webUrl: () => string }): Promise<void> {
  await openUrl(schedulesPage(webUrl()));
}
