import { shopPage } from '../local-oz/png';
import { Random } from '../local-oz/random';
import { artifactsOf, pull, textFile, type ArtifactSeed } from '../local-oz/scenarios/demoArtifacts';
import type { LocalOz } from '../local-oz/server';
import type { Run } from '../local-oz/state';

const plan = `# A plan

- [ ] to be done
- [x] done, with \`code\` and a [link](https://docs.warp.dev/)

> A quote

## How

\`\`\`ts
const total = 0; // cents
\`\`\`
`;

const seeds: ArtifactSeed[] = [
  ...(['open', 'draft', 'merged', 'closed', 'unknown'] as const).map((status, index) =>
    pull('storefront', 10 + index, `oz/${status}`, status),
  ),
  { kind: 'plan', title: 'A plan', content: plan },
  textFile('out/table.csv', 'text/csv', 'a,b\n', 'A table'),
  textFile('out/film.mp4', 'video/mp4', 'not really a film', 'A recording'),
  textFile('out/heap.bin', 'application/octet-stream', 'x'),
  { kind: 'reference', type: 'LINEAR_ISSUE', url: 'https://linear.app/acme/issue/PAY-399', title: 'An issue' },
  { kind: 'screenshot', description: 'The light page', bytes: () => shopPage(false) },
  { kind: 'screenshot', description: 'The dark page', bytes: () => shopPage(true) },
  { kind: 'screenshot', description: 'A picture that is none', bytes: () => Buffer.from('GIF87a') },
];

/** Gives a run one artifact of each kind and state, besides those that it has. */
export function addEveryArtifact({ state }: LocalOz, run: Run): void {
  const more = artifactsOf(state, seeds, state.now, Random.for(state.seed, 'every artifact'));
  Object.assign(run, { artifacts: [...(run.artifacts ?? []), ...more] });
}
