import { iso } from '../clock';
import { notFound } from '../problems';
import { ok, type Handlers } from './operation';

export const artifactOperations = {
  'GET /agent/artifacts/{artifactUid}': ({ state, signedUrls }, { path }) => {
    const artifact = state.artifacts.get(path.artifactUid);
    if (!artifact) throw notFound('Artifact');
    const head = { artifact_uid: artifact.uid, artifact_type: artifact.kind, created_at: iso(artifact.createdAt) };
    if (artifact.kind === 'PLAN') {
      const { documentUid, title, content } = artifact;
      const url = `${state.webUrl}/drive/notebook/${documentUid}`;
      const data = {
        document_uid: documentUid,
        notebook_uid: documentUid,
        url,
        title,
        content,
        content_type: 'text/markdown',
      };
      return ok({ ...head, data });
    }
    const { mimeType, bytes, description } = artifact;
    const filename = artifact.kind === 'FILE' ? artifact.filename : undefined;
    const { url, expiresAt } = signedUrls.sign(artifact.uid, {
      contentType: mimeType,
      bytes,
      ...(filename !== undefined && { filename }),
    });
    const data = {
      download_url: url,
      expires_at: expiresAt,
      content_type: mimeType,
      ...(description !== undefined && { description }),
    };
    if (artifact.kind === 'SCREENSHOT') return ok({ ...head, data });
    return ok({ ...head, data: { ...data, filepath: artifact.filepath, filename, size_bytes: bytes().length } });
  },
} satisfies Partial<Handlers>;
