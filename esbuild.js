// Builds dist/: the main bundle, one bundle for each part that is loaded at first use, and the webviews' pages.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');
const subsetFont = require('subset-font');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** The parts that the main bundle loads at first use, by their name in dist/. */
const lazyParts = {
  agentRuns: 'src/agentRuns.ts',
  runCommands: 'src/commands/runCommands.ts',
  conversationPanels: 'src/conversation/conversationPanels.ts',
  launch: 'src/commands/launch.ts',
  runOutcome: 'src/model/runOutcome.ts',
  schedules: 'src/views/schedules.ts',
  schedulePanels: 'src/schedule/schedulePanels.ts',
  skillEditor: 'src/editor/skillEditor.ts',
  skills: 'src/views/skills.ts',
  skillReading: 'src/model/skillReading.ts',
  foundSkills: 'src/platform/foundSkills.ts',
};

/** `await import('./part')` in src stays an import of dist/part.js: everything it needs is in that bundle alone. */
const lazyImports = {
  name: 'lazy-imports',
  setup(build) {
    build.onResolve({ filter: /^\./ }, (args) => {
      if (args.kind !== 'dynamic-import') {
        return undefined;
      }
      const file = path.relative(__dirname, path.resolve(args.resolveDir, args.path)).replaceAll(path.sep, '/');
      const part = Object.entries(lazyParts).find(([, source]) => source === `${file}.ts`);
      return part
        ? { path: `./${part[0]}.js`, external: true }
        : { errors: [{ text: `${file} is imported at first use but is no bundle: add it to lazyParts` }] };
    });
  },
};

/**
 * Looks at the editor's API once for a whole bundle. By itself esbuild copies all its members for every file that imports
 * them, which cost 7 ms of an activation.
 */
const editorOnce = {
  name: 'editor-once',
  setup(build) {
    const files = fs
      .readdirSync(path.join(__dirname, 'src'), { recursive: true })
      .filter((file) => file.endsWith('.ts'));
    const used = files.flatMap(
      (file) => fs.readFileSync(path.join(__dirname, 'src', file), 'utf8').match(/\bvscode\.\w+/g) ?? [],
    );
    const names = [...new Set(used)].map((name) => name.slice('vscode.'.length));
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'editor' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'editor' },
    );
    build.onLoad({ filter: /.*/, namespace: 'editor' }, () => ({
      contents: `const editor = require('vscode');
        ${names.map((name) => `export const ${name} = /* @__PURE__ */ (() => editor.${name})();`).join('\n')}`,
    }));
  },
};

/**
 * Keeps of the icon font only what the pages' style sheets name: 8 KB instead of 126. It stands in the style sheet
 * itself: VS Code shows a webview when all that it loads is there, and each file costs a request.
 */
const usedIcons = {
  name: 'used-icons',
  setup(build) {
    build.onLoad({ filter: /codicon\.ttf$/ }, async ({ path: font }) => {
      const icons = path.join(__dirname, 'media', 'elements', 'icons.css');
      const points = fs.readFileSync(icons, 'utf8').matchAll(/content: '\\([0-9a-f]+)'/g);
      const used = Array.from(points, ([, point]) => String.fromCodePoint(parseInt(point, 16)));
      const contents = await subsetFont(fs.readFileSync(font), used.join(''), { targetFormat: 'truetype' });
      return { contents, loader: 'dataurl', watchFiles: [icons] };
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  outdir: 'dist',
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  assetNames: '[name]',
};

/** @type {import('esbuild').BuildOptions} */
const host = {
  ...common,
  entryPoints: { extension: 'src/extension.ts', ...lazyParts },
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  // ES modules first: their parts that nobody uses are left out.
  mainFields: ['module', 'main'],
  plugins: [lazyImports, editorOnce],
};

/** @type {import('esbuild').BuildOptions} */
const page = {
  ...common,
  entryPoints: {
    conversation: 'media/conversation/page.ts',
    'conversation-style': 'media/conversation/page.css',
    schedule: 'media/schedule/schedule.ts',
    'schedule-style': 'media/schedule/schedule.css',
  },
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  plugins: [usedIcons],
};

async function main() {
  if (watch) {
    for (const options of [host, page]) {
      await (await esbuild.context({ ...options, logLevel: 'info' })).watch();
    }
    return;
  }
  fs.rmSync('dist', { recursive: true, force: true });
  await Promise.all([host, page].map((options) => esbuild.build(options)));
}

module.exports = { host, page };

if (require.main === module) {
  main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
