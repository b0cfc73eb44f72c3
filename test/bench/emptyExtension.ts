import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../vscode/folders';

/** What an extension's code begins with: nothing less can be activated. */
const emptyCode = 'exports.activate = () => undefined;\n';

/** Makes the folder of an extension that does nothing but what `code` says; its id is `bench.NAME`. */
export function makeExtension(
  name: string,
  contributes: object = {},
  code = emptyCode,
  activationEvents: readonly string[] = [],
): string {
  const folder = path.join(temporaryFolder('bench'), `bench.${name}-1.0.0`);
  fs.mkdirSync(folder, { recursive: true });
  const manifest = {
    name,
    publisher: 'bench',
    version: '1.0.0',
    engines: { vscode: '^1.99.0' },
    main: './main.js',
    activationEvents,
    contributes,
  };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  fs.writeFileSync(path.join(folder, 'main.js'), code);
  return folder;
}
