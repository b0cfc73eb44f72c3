import fs from 'node:fs';
import path from 'node:path';

/**
 * The errors of one extension in a server's folder of logs: what it logged as one, and what it threw and nobody caught, which
 * the extension host logs (a rejected promise after a second).
 */
export function extensionErrors(logs: string, extension: string): string[] {
  return fs
    .readdirSync(logs, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.includes('exthost') && file.endsWith('.log'))
    .flatMap((file) => {
      const isItsOwn = path.basename(path.dirname(file)) === extension;
      return fs
        .readFileSync(path.join(logs, file), 'utf8')
        .split(/^(?=\d{4}-\d\d-\d\d)/m)
        .filter((entry) => entry.includes(' [error] '))
        .filter((entry) => isItsOwn || entry.includes(extension));
    });
}
