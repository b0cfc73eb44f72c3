import { asRecord } from '../oz/json';

/** The place, among a run's artifacts, of the one that goes by an id. */
export function artifactNumber(artifacts: readonly unknown[], uid: string): number | undefined {
  const place = artifacts.findIndex((artifact) => {
    const data = asRecord(asRecord(artifact)?.data);
    return data?.artifact_uid === uid || data?.uid === uid;
  });
  return place < 0 ? undefined : place;
}
