import * as vscode from 'vscode';
import type { Found } from '../oz/diagnosis';
import { product } from '../product';
import { duration } from './words';

const { t } = vscode.l10n;

/** What a check saw, in sentences, and what a person can do next, if there is anything to do. */
export interface Words {
  seen: string[];
  next?: string;
}

export type Of<Code extends Found['code']> = Extract<Found, { code: Code }>;

type AnswerCode =
  | 'service'
  | 'busy'
  | 'serverError'
  | 'unsigned'
  | 'gatewayError'
  | 'page'
  | 'proxyAuth'
  | 'wrongPath'
  | 'otherAnswer'
  | 'redirected'
  | 'noAnswer';

/** Who or what answered at the base URL, if anybody did. */
export function diagnosedAnswerWords(finding: Of<AnswerCode>): Words {
  const { service } = product;
  if (finding.code === 'noAnswer') {
    return {
      seen: [t('none ({0})', errorWord(finding.error))],
      next: t('Check the network, the VPN, the firewall and the proxy. The checks above may say more.'),
    };
  }
  const status = t('status {0} after {1}', finding.status, duration(finding.ms));
  switch (finding.code) {
    case 'service':
      return { seen: [t('{0} answers, and asks for a key as it should ({1})', service, status)] };
    case 'unsigned':
      return {
        seen: [t('it gives its data without a key ({0})', status)],
        next: t('That is not how {0} works: check the setting agentRuns.baseUrl.', service),
      };
    case 'busy':
      return { seen: [t('too many requests ({0})', status)], next: t('Wait a few minutes.') };
    case 'serverError':
      return { seen: [t('{0} has a problem of its own ({1})', service, status)], next: t('Try again later.') };
    case 'gatewayError':
      return {
        seen: [t('something on the way to {0}, or before it, has a problem ({1})', service, status)],
        next: t('Try again later. If it stays, ask whoever runs the network or the proxy.'),
      };
    case 'page':
      return {
        seen: [t('a web page instead of the API ({0})', status)],
        next: t('Open any page in a browser: the network may want you to sign in first. Else check agentRuns.baseUrl.'),
      };
    case 'redirected':
      return {
        seen: [
          finding.origin === undefined
            ? t('it sends elsewhere ({0})', status)
            : t('it sends elsewhere, to {0} ({1})', finding.origin, status),
        ],
        next: t('Open any page in a browser: the network may want you to sign in first. Else check agentRuns.baseUrl.'),
      };
    case 'proxyAuth':
      return {
        seen: [t('the proxy wants a name and a password ({0})', status)],
        next: t('Set them in http.proxy, or ask whoever runs the proxy.'),
      };
    case 'wrongPath':
      return {
        seen: [t('something answers, but there is no API at this path ({0})', status)],
        next: t('Correct the path in the setting agentRuns.baseUrl. It usually ends in {0}.', usualPath()),
      };
    case 'otherAnswer':
      return {
        seen: [t('something that {0} does not say ({1})', service, status)],
        next: t('Check the setting agentRuns.baseUrl, and whether the network lets other services through.'),
      };
  }
}

/** What went wrong in the network: its code, unless there are words for it. */
export function errorWord(error: string): string {
  return error === 'timeout' ? t('no answer in time') : error;
}

/** The path of the service's own base URL. */
export function usualPath(): string {
  return new URL(product.baseUrl).pathname;
}
