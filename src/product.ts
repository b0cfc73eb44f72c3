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
  return `${webUrl.replace(/\/+$/, '')}/runs/${encodeURIComponent(runId)}`;
}

/** Where a person makes an API key. */
export function keyPage(webUrl: string): string {
  return `${webUrl.replace(/\/+$/, '')}/settings`;
}
