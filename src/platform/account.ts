import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Account } from '../model/sharedFiles';

const cipher = 'aes-256-gcm';
/** Bytes, as the cipher wants and makes them. */
const nonceLength = 12;
const tagLength = 16;

/**
 * What the windows with the same key and base URL can read of each other. Names and contents are made with secrets derived
 * from the key (HKDF, RFC 5869), each for one purpose, so that neither the key nor what was written can be told from a file.
 */
export function accountOf(baseUrl: string, key: string): Account {
  const derive = (purpose: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', key, baseUrl, `agent-runs ${purpose}`, length));
  const secret = derive('content', 32);
  const names = derive('names', 32);
  return {
    id: derive('account', 16).toString('hex'),
    seal: (text) => {
      const nonce = randomBytes(nonceLength);
      const sealing = createCipheriv(cipher, secret, nonce);
      return Buffer.concat([nonce, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]);
    },
    open: (content) => {
      try {
        const opening = createDecipheriv(cipher, secret, content.subarray(0, nonceLength), {
          authTagLength: tagLength,
        });
        opening.setAuthTag(content.subarray(-tagLength));
        const text = Buffer.concat([opening.update(content.subarray(nonceLength, -tagLength)), opening.final()]);
        return text.toString('utf8');
      } catch {
        return undefined;
      }
    },
    digest: (text) => createHmac('sha256', names).update(text).digest('hex').slice(0, 32),
  };
}
