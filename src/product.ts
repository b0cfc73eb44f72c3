/** The service's names and addresses. They change with its rename from Oz to Warp, so they live here alone. */
export const product = {
  service: 'Oz',
  baseUrl: 'https://app.warp.dev/api/v1',
  webUrl: 'https://oz.warp.dev',
  keyVariable: 'WARP_API_KEY',
  keyPrefix: 'wk-',
} as const;

/** The page of a run in the service's web app. */
export function runPage(webUrl: string, runId: string): string {
  return webPage(webUrl, `runs/${encodeURIComponent(runId)}`);
}

/**
 * The page of a conversation. It is not on the web app's host but on the one that the API is on.
 * @param baseUrl of the API
 */
export function conversationPage(baseUrl: string, conversationId: string): string {
  return apiHostPage(baseUrl, `conversation/${encodeURIComponent(conversationId)}`);
}

/** The page of a shared session, on the same host. */
export function sessionPage(baseUrl: string, sessionUuid: string): string {
  return apiHostPage(baseUrl, `session/${encodeURIComponent(sessionUuid)}`);
}

/** Where a person makes an API key. */
export function keyPage(webUrl: string): string {
  return webPage(webUrl, 'settings');
}

/** Where the plan, its credits and its limits are. */
export function billingPage(webUrl: string): string {
  return webPage(webUrl, 'settings');
}

/** Where the service is connected with GitHub, Slack and others. */
export function integrationsPage(webUrl: string): string {
  return webPage(webUrl, 'integrations');
}

/** All environments: the address of a single one is not known. */
export function environmentsPage(webUrl: string): string {
  return webPage(webUrl, 'environments');
}

/** All schedules: the address of a single one is not known. */
export function schedulesPage(webUrl: string): string {
  return webPage(webUrl, 'schedules');
}

function apiHostPage(baseUrl: string, path: string): string {
  return `${new URL(URL.canParse(baseUrl) ? baseUrl : product.baseUrl).origin}/${path}`;
}

function webPage(webUrl: string, path: string): string {
  return `${webUrl.replace(/\/+$/, '')}/${path}`;
}
