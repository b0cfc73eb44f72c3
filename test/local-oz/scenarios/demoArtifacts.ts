import { iso } from '../clock';
import type { Random } from '../random';
import type { ArtifactItem, OzState } from '../state';

/** An artifact of a demo run, told in few words. */
export type ArtifactSeed =
  | { kind: 'pull'; url: string; branch: string; status?: 'open' | 'draft' | 'merged' | 'closed' | 'unknown' }
  | { kind: 'plan'; title: string; content: string }
  | { kind: 'screenshot'; uid?: string; description?: string; mimeType?: string; bytes: () => Buffer }
  | { kind: 'file'; path: string; mimeType: string; bytes: () => Buffer; description?: string; title?: string }
  | { kind: 'reference'; type: string; url: string; title?: string };

export const pull = (
  repository: string,
  number: number,
  branch: string,
  status: 'open' | 'draft' | 'merged' | 'closed' | 'unknown' = 'open',
): ArtifactSeed => ({ kind: 'pull', url: `https://github.com/acme/${repository}/pull/${number}`, branch, status });

export const textFile = (path: string, mimeType: string, text: string, description?: string): ArtifactSeed => ({
  kind: 'file',
  path,
  mimeType,
  bytes: () => Buffer.from(text),
  ...(description !== undefined && { description }),
});

/** Puts artifacts into the state, and gives what a run shows of them. */
export function artifactsOf(
  state: OzState,
  seeds: readonly ArtifactSeed[],
  time: number,
  random: Random,
): ArtifactItem[] {
  return seeds.map((seed): ArtifactItem => {
    const created_at = iso(time);
    const own = random.uuid();
    const uid = seed.kind === 'screenshot' ? (seed.uid ?? own) : own;
    switch (seed.kind) {
      case 'pull':
        return {
          artifact_type: 'PULL_REQUEST',
          created_at,
          data: { url: seed.url, branch: seed.branch, ...(seed.status && { status: seed.status }) },
        };
      case 'reference':
        return {
          artifact_type: 'EXTERNAL_REFERENCE',
          created_at,
          data: { reference_type: seed.type, url: seed.url, ...(seed.title !== undefined && { title: seed.title }) },
        };
      case 'plan': {
        const { title, content } = seed;
        state.artifacts.set(uid, { kind: 'PLAN', uid, createdAt: time, documentUid: uid, title, content });
        const url = `${state.webUrl}/drive/notebook/${uid}`;
        return {
          artifact_type: 'PLAN',
          created_at,
          data: { artifact_uid: uid, document_uid: uid, notebook_uid: uid, url, title },
        };
      }
      case 'screenshot': {
        const { bytes, description, mimeType = 'image/png' } = seed;
        const shown = description === undefined ? {} : { description };
        state.artifacts.set(uid, { kind: 'SCREENSHOT', uid, createdAt: time, mimeType, bytes, ...shown });
        return { artifact_type: 'SCREENSHOT', created_at, data: { artifact_uid: uid, mime_type: mimeType, ...shown } };
      }
      case 'file': {
        const { path: filepath, mimeType, bytes, description, title } = seed;
        const filename = filepath.split('/').at(-1) ?? filepath;
        const shown = description === undefined ? {} : { description };
        state.artifacts.set(uid, { kind: 'FILE', uid, createdAt: time, mimeType, filepath, filename, bytes, ...shown });
        return {
          artifact_type: 'FILE',
          created_at,
          data: {
            artifact_uid: uid,
            filepath,
            filename,
            mime_type: mimeType,
            size_bytes: bytes().length,
            ...shown,
            ...(title !== undefined && { title }),
          },
        };
      }
    }
  });
}
