import { startLocalOz, type LocalOz, type LocalOzOptions } from '../../local-oz/server';

/** A local Oz for each test of a suite; it fails the test that broke openapi.yaml. */
export function useLocalOz(options: LocalOzOptions = {}): () => LocalOz {
  let oz: LocalOz | undefined;
  beforeEach(async () => {
    oz = await startLocalOz(options);
  });
  afterEach(async () => {
    const used = oz;
    oz = undefined;
    await used?.close();
    used?.assertNoViolations();
  });
  return () => {
    if (!oz) throw new Error('The local Oz runs during a test only.');
    return oz;
  };
}
