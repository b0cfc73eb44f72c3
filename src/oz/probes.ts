import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { connect, type PeerCertificate } from 'node:tls';

/** What a server showed of itself in a TLS handshake. Texts are as in its certificate. */
export interface TlsPeer {
  /** By Node's own list and NODE_EXTRA_CA_CERTS: the system's certificates, which VS Code adds, are not in them. */
  isTrusted: boolean;
  /** OpenSSL's or Node's code for why not. */
  reason?: string;
  subject: string;
  issuer: string;
  /** The names and addresses that it is for. */
  names: string[];
  /** Milliseconds since 1970, or NaN. */
  validTo: number;
  /** Such as `TLSv1.3`. */
  protocol: string;
}

/** The network, as a diagnosis asks it. */
export interface Probes {
  /** All addresses of a name. Rejects with Node's error. */
  lookup: (host: string) => Promise<string[]>;
  /** A handshake of our own, past any proxy. Rejects with Node's error when none comes to be. */
  shakeHands: (host: string, port: number, signal: AbortSignal) => Promise<TlsPeer>;
  /** The host's, which goes through its proxy and knows its certificates. */
  fetch: typeof fetch;
}

export const systemProbes: Probes = {
  lookup: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  shakeHands,
  fetch: (...call) => fetch(...call),
};

function shakeHands(host: string, port: number, signal: AbortSignal): Promise<TlsPeer> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ...(isIP(host) === 0 && { servername: host }),
      ALPNProtocols: ['http/1.1'],
      // To see the certificate that is not trusted. Nothing is sent through this connection.
      rejectUnauthorized: false,
    });
    const stop = (): void => {
      socket.destroy();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
    socket.once('secureConnect', () => {
      resolve(peerOf(socket.getPeerCertificate(), socket));
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => {
      signal.removeEventListener('abort', stop);
      reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    });
    if (signal.aborted) {
      stop();
    }
  });
}

interface Handshake {
  authorized: boolean;
  authorizationError: unknown;
  getProtocol(): string | null;
}

/** Some servers show no certificate at all: then every member is missing. */
function peerOf(certificate: Partial<PeerCertificate>, handshake: Handshake): TlsPeer {
  const { subject, issuer, subjectaltname = '', valid_to: validTo = '' } = certificate;
  const reason: unknown = handshake.authorizationError;
  return {
    isTrusted: handshake.authorized,
    ...(reason ? { reason: String(reason instanceof Error ? Reflect.get(reason, 'code') : reason) } : {}),
    subject: nameIn(subject),
    issuer: nameIn(issuer),
    names: subjectaltname
      .split(', ')
      .map((name) => name.replace(/^(?:DNS|IP Address):/, ''))
      .filter(Boolean),
    validTo: Date.parse(validTo),
    protocol: handshake.getProtocol() ?? '',
  };
}

/** Who it is: organisation and name. A part that is there twice is a list. */
function nameIn(parts: Partial<PeerCertificate['subject']> | undefined): string {
  return [parts?.O, parts?.CN].filter(Boolean).map(String).join(', ');
}
