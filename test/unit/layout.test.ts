import assert from 'node:assert/strict';
import path from 'node:path';
import * as esbuild from 'esbuild';
import bundles from '../../esbuild.js';

const root = path.resolve(__dirname, '../..');

/** Each part of the code and the parts whose code it may use. Types may come from anywhere: they leave no import behind. */
const mayUse: Record<string, string[]> = {
  'src/extension.ts': ['src'],
  'src/agentRuns.ts': ['src'],
  'src/allCommands.ts': ['src'],
  'src/conversationParts.ts': ['src'],
  'src/launchParts.ts': ['src'],
  'src/scheduleParts.ts': ['src'],
  'src/skillParts.ts': ['src'],
  'src/product.ts': [],
  'src/oz': ['src/oz'],
  'src/model': ['src/model', 'src/oz'],
  'src/platform': ['src/platform', 'src/model', 'src/oz', 'src/product.ts'],
  'src/views': ['src/views', 'src/platform', 'src/model', 'src/oz', 'src/product.ts'],
  'src/conversation': ['src/conversation', 'src/platform', 'src/model', 'src/oz', 'src/product.ts'],
  'src/schedule': ['src/schedule', 'src/platform', 'src/model', 'src/oz', 'src/product.ts'],
  'src/editor': ['src/editor', 'src/platform', 'src/model', 'src/oz', 'src/product.ts'],
  'src/commands': ['src/commands', 'src/platform', 'src/model', 'src/oz', 'src/product.ts'],
  // The protocol and pure code that the page and its host share.
  'media/elements': ['media/elements'],
  'media/conversation': [
    'media/conversation',
    'media/elements',
    'src/conversation/protocol.ts',
    'src/conversation/viewNodes.ts',
    'src/conversation/elapsed.ts',
    'src/conversation/foundText.ts',
  ],
  'media/schedule': ['media/schedule', 'media/elements', 'src/schedule/protocol.ts', 'src/model/cronPresets.ts'],
};
const withoutEditor = ['src/oz', 'src/model', 'src/product.ts', 'media'];

const isIn = (file: string, part: string): boolean => file === part || file.startsWith(`${part}/`);

async function imports(options: esbuild.BuildOptions): Promise<{ from: string; to: string }[]> {
  const { metafile } = await esbuild.build({ ...options, absWorkingDir: root, write: false, metafile: true });
  return Object.entries(metafile.inputs).flatMap(([from, input]) =>
    input.imports.map((entry) => ({ from, to: entry.path })),
  );
}

describe('layout', () => {
  let edges: { from: string; to: string }[];

  before(async () => {
    edges = [...(await imports(bundles.host)), ...(await imports(bundles.page))];
  });

  it('has every part of the code in the table', () => {
    const own = edges.map((edge) => edge.from).filter((file) => /^(src|media)\//.test(file));
    assert.ok(own.length > 20);
    assert.deepEqual(
      own.filter((file) => !Object.keys(mayUse).some((part) => isIn(file, part))),
      [],
    );
  });

  it('lets each part use only what it may', () => {
    const wrong = edges.filter(({ from, to }) => {
      const part = Object.keys(mayUse).find((name) => isIn(from, name));
      return part && /^(src|media)\//.test(to) && !mayUse[part]?.some((allowed) => isIn(to, allowed));
    });
    assert.deepEqual(wrong, []);
  });

  it('keeps the editor out of the API, the model and the page', () => {
    const wrong = edges.filter(
      ({ from, to }) => to === 'editor:vscode' && withoutEditor.some((part) => isIn(from, part)),
    );
    assert.deepEqual(wrong, []);
  });

  it('keeps heavy libraries out of what VS Code loads first', async () => {
    const main = await imports({ ...bundles.host, entryPoints: ['src/extension.ts', 'src/agentRuns.ts'] });
    const libraries = new Set(
      main.map(({ to }) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(to)?.[1]).filter((name) => name !== undefined),
    );
    assert.deepEqual([...libraries], ['openapi-fetch']);
  });
});
