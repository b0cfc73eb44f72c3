import * as os from 'node:os';
import * as vscode from 'vscode';
import { systemClock } from '../oz/clock';
import { diagnose, type Finding } from '../oz/diagnosis';
import { type Probes, systemProbes } from '../oz/probes';
import type { Environment, ProxySettings } from '../oz/proxyRoute';
import { redacted } from '../oz/redact';
import type { ApiKey } from '../platform/apiKey';
import { checkWord, diagnosisReport, type Surroundings, verdict } from '../platform/diagnosisReport';
import { product } from '../product';
import { withProgress } from './progress';

export interface DiagnoseConnectionDeps {
  baseUrl: () => string;
  apiKey: Pick<ApiKey, 'inUse'>;
  /** Asks the service with this key. Throws ApiProblem when the service refuses it or does not answer. */
  check: (key: string, signal: AbortSignal) => Promise<void>;
  /** Opens a read-only document. */
  showText: (name: string, text: string) => Promise<void>;
  /** Of this extension. */
  version: string;
  /** The real network and environment, unless a test has others. */
  probes?: Probes;
  environment?: Environment;
}

/**
 * Checks what lies between here and the service, and opens what came of it as a text that can be sent to somebody who helps.
 * @throws ApiProblem `aborted` when a person cancels it
 */
export async function diagnoseConnection(deps: DiagnoseConnectionDeps): Promise<void> {
  const { t } = vscode.l10n;
  const { baseUrl, apiKey, check, showText, version, probes = systemProbes, environment = process.env } = deps;
  const findings = await withProgress(t('Checking the connection'), (signal, step) =>
    diagnose(
      {
        baseUrl: baseUrl(),
        usualPath: new URL(product.baseUrl).pathname,
        keyPrefix: product.keyPrefix,
        proxySettings: proxySettings(),
        environment,
        key: () => apiKey.inUse(),
        callWith: check,
      },
      {
        ...probes,
        clock: systemClock,
        onCheck: (name) => {
          step(checkWord(name));
        },
      },
      signal,
    ),
  );
  const key = await apiKey.inUse().catch(() => undefined);
  const report = redacted(diagnosisReport(findings, surroundings(version, environment), systemClock.now()), {
    keys: [key?.value, environment[product.keyVariable]?.trim()].filter((value) => value !== undefined),
    home: os.homedir(),
    user: userName(),
  });
  await showText('Connection.txt', report);
  await offerCopy(findings, report);
}

async function offerCopy(findings: readonly Finding[], report: string): Promise<void> {
  const copy = vscode.l10n.t('Copy Report');
  const isFine = findings.every(({ outcome }) => outcome !== 'failed');
  const show = isFine ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  if ((await show(verdict(findings), copy)) === copy) {
    await vscode.env.clipboard.writeText(report);
  }
}

function proxySettings(): ProxySettings {
  const http = vscode.workspace.getConfiguration('http');
  const isLocalDesktop = vscode.env.remoteName === undefined && vscode.env.appHost === 'desktop';
  // A person may have written anything there.
  const proxy = http.get<unknown>('proxy');
  const noProxy = http.get<unknown>('noProxy');
  return {
    proxy: typeof proxy === 'string' ? proxy : '',
    proxySupport: http.get('proxySupport', 'override'),
    noProxy: Array.isArray(noProxy) ? noProxy.map(String) : [],
    fetchAdditionalSupport: http.get<boolean>('fetchAdditionalSupport', true),
    electronFetch: http.get<boolean>('electronFetch', false) && isLocalDesktop,
  };
}

function surroundings(version: string, environment: Environment): Surroundings {
  const { t } = vscode.l10n;
  const http = vscode.workspace.getConfiguration('http');
  const isSet = (name: string): string => (environment[name]?.trim() ? t('set') : t('not set'));
  const settings = ['proxySupport', 'fetchAdditionalSupport', 'electronFetch', 'systemCertificates', 'proxyStrictSSL'];
  const ui = vscode.env.uiKind === vscode.UIKind.Web ? t('in a browser') : t('on the desktop');
  return [
    [t('Extension'), version],
    ['VS Code', `${vscode.version}, ${ui} (${vscode.env.appHost})`],
    [t('Remote'), vscode.env.remoteName ?? t('none')],
    [t('System'), `${os.platform()} ${os.release()} ${os.arch()}`],
    ['Node.js', process.versions.node],
    [t('Settings'), settings.map((name) => `http.${name} = ${String(http.get(name))}`).join(', ')],
    ['NODE_EXTRA_CA_CERTS', isSet('NODE_EXTRA_CA_CERTS')],
    ['NODE_TLS_REJECT_UNAUTHORIZED', isSet('NODE_TLS_REJECT_UNAUTHORIZED')],
  ];
}

/** Empty where the system does not tell it. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return '';
  }
}
