import * as vscode from 'vscode';
import { isOfKey } from '../model/loadStatus';
import type { Finding, KeyLook } from '../oz/diagnosis';
import type { TlsPeer } from '../oz/probes';
import { ApiProblem } from '../oz/problems';
import type { Proxies } from '../oz/proxyRoute';
import { product } from '../product';
import { problemWords } from './problemWords';
import { diagnosedAnswerWords, errorWord, type Of, usualPath, type Words } from './diagnosisAnswerWords';
import { duration } from './words';

const { t } = vscode.l10n;

/** What a check has found, and what to do where something is wrong. */
export function diagnosisWords(finding: Finding): Words {
  switch (finding.code) {
    case 'noAddress':
      return { seen: [t('not checked: there is no address to check')] };
    case 'address':
      return { seen: [`${finding.origin}${finding.path}`] };
    case 'otherPath':
      return {
        seen: [t('{0} – the path is not the usual one, {1}', `${finding.origin}${finding.path}`, usualPath())],
        next: t('Check the setting agentRuns.baseUrl, unless you were told to use this address.'),
      };
    case 'badAddress':
      return { seen: [badAddressWord(finding.why)], next: t('Correct the setting agentRuns.baseUrl.') };
    case 'isAddress':
      return { seen: [t('not looked up: the address has no name in it')] };
    case 'proxyResolves':
      return { seen: [t('not looked up: the proxy does that')] };
    case 'resolved':
      return { seen: [t('found in {0}: {1}', duration(finding.ms), finding.addresses.slice(0, 10).join(', '))] };
    case 'unresolved':
      return {
        seen: [t('not found ({0})', finding.error)],
        next: t('Check the network, the VPN and the name server, and the name in agentRuns.baseUrl.'),
      };
    case 'proxies':
      return proxyWords(finding.proxies);
    case 'plainHttp':
      return { seen: [t('none: the address is http, so nothing is encrypted')] };
    case 'proxyConnects':
      return { seen: [t('not looked at: the connection goes through the proxy')] };
    case 'noName':
      return { seen: [t('not looked at: the name was not found')] };
    case 'certificate':
      return certificateWords(finding);
    case 'noHandshake':
      return {
        seen: [t('no encrypted connection came about ({0})', errorWord(finding.error))],
        next: t('A firewall may block it, or the network may allow connections through a proxy only.'),
      };
    case 'noKey':
    case 'keyUnreadable':
    case 'keyMalformed':
    case 'keyNotTried':
    case 'keyAccepted':
    case 'keyProblem':
      return keyWords(finding);
    case 'clock':
      return clockWords(finding.behind, finding.outcome === 'ok');
    case 'noDate':
      return { seen: [t('not compared: {0} told no time', product.service)] };
    default:
      return diagnosedAnswerWords(finding);
  }
}

function proxyWords({ route, unused, unreadable }: Proxies): Words {
  const seen = [routeWords(route)];
  if (unused.length > 0) {
    seen.push(t('Set, but without effect: {0}', unused.join(', ')));
  }
  if (unreadable.length === 0) {
    return { seen };
  }
  return {
    seen: [...seen, t('Not the address of a proxy: {0}', unreadable.join(', '))],
    next: t('Write it as http://host:port.'),
  };
}

function routeWords(route: Proxies['route']): string {
  switch (route.kind) {
    case 'proxy':
      return t('{0}, from {1}', route.server, route.from);
    case 'system':
      return t('none is set in VS Code or the environment: that of the system is used, if it has one');
    case 'direct':
      switch (route.because) {
        case 'loopback':
          return t('none: the address is on this machine');
        case 'off':
          return t('none: http.proxySupport or http.fetchAdditionalSupport is off');
        case 'exception':
          return t('none: {0} makes an exception of this address', route.from);
      }
  }
}

function certificateWords({ peer, days }: Of<'certificate'>): Words {
  const seen = [certificateLine(peer), ...(peer.names.length > 0 ? [namesLine(peer.names)] : [])];
  if (Number.isNaN(days)) {
    return {
      seen: [...seen, t('It does not say how long it is valid.')],
      ...(!peer.isTrusted && { next: trustWord() }),
    };
  }
  const until = new Date(peer.validTo).toISOString().slice(0, 10);
  seen.push(days < 0 ? t('Ended on {0}', until) : t('Valid until {0}', until));
  if (!peer.isTrusted) {
    return {
      seen: [
        ...seen,
        t('Not trusted by Node: {0}. System certificates, which VS Code adds, were not asked.', peer.reason ?? '?'),
      ],
      next:
        days < 0 ? t('Check the date of this machine; else only the owner of the address can renew it.') : trustWord(),
    };
  }
  return days < 14 ? { seen, next: t('Tell the owner of the address that it ends soon.') } : { seen };
}

function certificateLine({ subject, issuer, protocol }: TlsPeer): string {
  return t('{0}, issued by {1} ({2})', subject || '?', issuer || '?', protocol || '?');
}

function namesLine(names: readonly string[]): string {
  return t('For {0}', [...names.slice(0, 8), ...(names.length > 8 ? ['…'] : [])].join(', '));
}

function trustWord(): string {
  return t(
    'If the network inspects connections, its certificate must be among the trusted ones of the system, with http.systemCertificates on, or in NODE_EXTRA_CA_CERTS. If not, do not use this network.',
  );
}

type KeyCode = 'noKey' | 'keyUnreadable' | 'keyMalformed' | 'keyNotTried' | 'keyAccepted' | 'keyProblem';

function keyWords(finding: Of<KeyCode>): Words {
  const set = t('Set the key again: Agent Runs: Set API Key…');
  switch (finding.code) {
    case 'noKey':
      return { seen: [t('there is none for this address')], next: set };
    case 'keyUnreadable':
      return {
        seen: [t('the secret storage of VS Code could not be read')],
        next: t('Unlock the keyring of the system, or set the key again.'),
      };
    case 'keyMalformed':
      return { seen: [keyLook(finding.key), t('It has characters that no key has.')], next: set };
    case 'keyNotTried':
      return { seen: [keyLook(finding.key), t('Not tried: what answers is not {0}.', product.service)] };
    case 'keyAccepted':
      return { seen: [keyLook(finding.key), t('{0} accepts it.', product.service)] };
    case 'keyProblem': {
      const { kind, status, code, traceId } = finding.problem;
      const facts = [kind, status, code, traceId && t('trace {0}', traceId)].filter(Boolean).join(', ');
      // Without the service's own message: it may name runs and people.
      const words = problemWords(new ApiProblem({ ...finding.problem, message: '' }));
      return { seen: [keyLook(finding.key), `${words} (${facts})`], ...(isOfKey(finding.problem) && { next: set }) };
    }
  }
}

function keyLook({ from, length, hasPrefix }: KeyLook): string {
  const where = from === 'stored' ? t('stored in VS Code') : t('from {0}', product.keyVariable);
  return hasPrefix
    ? t('{0}, {1} characters', where, length)
    : t('{0}, {1} characters, and it does not begin like a key', where, length);
}

function clockWords(behind: number, isFine: boolean): Words {
  const apart = duration(Math.abs(behind));
  if (isFine) {
    return { seen: [t('agrees with that of {0} to {1}', product.service, apart)] };
  }
  return {
    seen: [
      behind > 0
        ? t('this machine is {0} behind {1}', apart, product.service)
        : t('this machine is {0} ahead of {1}', apart, product.service),
    ],
    next: t('Let the system set its clock by itself: certificates and ages depend on it.'),
  };
}

function badAddressWord(why: Of<'badAddress'>['why']): string {
  switch (why) {
    case 'unreadable':
      return t('what is set is no web address');
    case 'notHttps':
      return t('it must be https, or http on this machine');
    case 'credentials':
      return t('it has a name or a password in it, which are not sent anywhere');
  }
}
