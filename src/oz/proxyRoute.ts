/** What the editor's settings say about proxies; members as in `http.…`. */
export interface ProxySettings {
  proxy: string;
  /** `off`, `on`, `fallback`, `override`. */
  proxySupport: string;
  noProxy: readonly string[];
  /** False: the host's `fetch` knows of no proxy at all, and of no certificates but Node's. */
  fetchAdditionalSupport: boolean;
  /** True: Electron's `fetch` is used, which goes by the system's settings. */
  electronFetch: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** How requests to one address leave this machine. */
export type ProxyRoute =
  | { kind: 'direct'; because: 'loopback' | 'off' }
  /** `from` is the setting or the variable that makes an exception of this host. */
  | { kind: 'direct'; because: 'exception'; from: string }
  /** `server` is `scheme://host:port`, without name and password. */
  | { kind: 'proxy'; from: string; server: string }
  /** Nothing is set: VS Code asks the system, which nobody else can ask. */
  | { kind: 'system' };

export interface Proxies {
  route: ProxyRoute;
  /** Settings and variables that have a value which does not count here. */
  unused: string[];
  /** Those whose value is no address of a proxy, so that VS Code takes it for none. */
  unreadable: string[];
}

/** The variables that VS Code reads, in its order; the first with a value counts, for http and https. */
const proxyVariables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];
const noProxyVariables = ['no_proxy', 'NO_PROXY'];
const neverRead = ['all_proxy', 'ALL_PROXY'];

/** Which proxy VS Code's `fetch` takes for an address (vscode-proxy-agent 0.32 to 0.45). */
export function proxiesFor(url: URL, settings: ProxySettings, environment: Environment): Proxies {
  const set = (name: string): boolean => Boolean(name === 'http.proxy' ? settings.proxy : environment[name]?.trim());
  const variable = proxyVariables.find(set);
  const from = settings.proxy && proxyServer(settings.proxy) ? 'http.proxy' : variable;
  const server = proxyServer((from === 'http.proxy' ? settings.proxy : environment[from ?? '']) ?? '');
  const route = routeFor(url, settings, environment, from && server ? { kind: 'proxy', from, server } : undefined);
  const used = route.kind === 'proxy' ? route.from : undefined;
  // On Windows both spellings are one variable.
  const isSame = (name: string): boolean => used !== undefined && environment[name] === environment[used];
  const all = ['http.proxy', ...proxyVariables, ...neverRead].filter(set);
  const unreadable = [...(set('http.proxy') ? ['http.proxy'] : []), ...(variable ? [variable] : [])].filter(
    (name) => !proxyServer((name === 'http.proxy' ? settings.proxy : environment[name]) ?? ''),
  );
  return {
    route,
    unreadable,
    unused: all.filter((name) => name !== used && !unreadable.includes(name) && !isSame(name)),
  };
}

function routeFor(url: URL, settings: ProxySettings, environment: Environment, proxy?: ProxyRoute): ProxyRoute {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (settings.electronFetch) {
    return { kind: 'system' };
  }
  if (settings.proxySupport === 'off' || !settings.fetchAdditionalSupport) {
    return { kind: 'direct', because: 'off' };
  }
  if (['localhost', '127.0.0.1', '::1'].includes(host)) {
    return { kind: 'direct', because: 'loopback' };
  }
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const variable = noProxyVariables.find((name) => environment[name]);
  // The setting takes the place of the variable, also where it names other hosts.
  const [from, entries] =
    settings.noProxy.length > 0
      ? ['http.noProxy', settings.noProxy]
      : [variable ?? '', (environment[variable ?? ''] ?? '').split(',')];
  if (isException(host, port, entries)) {
    return { kind: 'direct', because: 'exception', from };
  }
  return proxy ?? { kind: 'system' };
}

/** An entry names a host with all below it, or `*` for every one, with a port if it is only about that. */
function isException(host: string, port: string, entries: readonly string[]): boolean {
  return entries
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => {
      const [name = '', onlyPort] = entry.split(':', 2);
      const domain = name.startsWith('.') ? name : `.${name}`;
      return entry === '*' || (name !== '' && `.${host}`.endsWith(domain) && (!onlyPort || onlyPort === port));
    });
}

/** `scheme://host:port` of a proxy's address; undefined for what VS Code takes for none. */
function proxyServer(text: string): string | undefined {
  const [, scheme, rest] = /^(https?|socks[45]?[ah]?):\/\/(.+)$/i.exec(text.trim()) ?? [];
  // A password with one of these in it would be read as part of the host and the path, and be told.
  if (/[/?#].*@/.test(rest ?? '')) {
    return undefined;
  }
  // As http: of other schemes URL tells no host.
  const url = rest !== undefined && URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : undefined;
  return scheme && url?.hostname ? `${scheme.toLowerCase()}://${url.host}` : undefined;
}
