import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A key and a certificate for a TLS server, both as PEM. */
export interface Identity {
  key: string;
  cert: string;
}

export interface CertificateFacts {
  /** The common name of subject and issuer. */
  name: string;
  /** DNS names and IPv4 addresses. */
  hosts: string[];
  /** Milliseconds since 1970. */
  notBefore: number;
  notAfter: number;
}

/** A certificate that vouches for itself: the few bytes of DER that X.509 asks for, so that no program has to be there. */
export function selfSigned({ name, hosts, notBefore, notAfter }: CertificateFacts): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(oid('06082a8648ce3d040302'));
  const who = sequence(set(sequence(oid('0603550403'), text(name))));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, createHash('sha256').update(name).digest().subarray(0, 8).fill(1, 0, 1)),
    ecdsaWithSha256,
    who,
    sequence(time(notBefore), time(notAfter)),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid('0603551d11'), der(0x04, sequence(...hosts.map(host)))))),
  );
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]));
  const cert = sequence(body, ecdsaWithSha256, signature).toString('base64');
  return { key: pem(privateKey), cert: `-----BEGIN CERTIFICATE-----\n${cert}\n-----END CERTIFICATE-----\n` };
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts);
const set = (...parts: Buffer[]): Buffer => der(0x31, ...parts);
const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
const oid = (hex: string): Buffer => Buffer.from(hex, 'hex');

function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(digits));
}

function host(name: string): Buffer {
  return /^[\d.]+$/.test(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name));
}
