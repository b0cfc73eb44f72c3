import type { RunStore } from '../model/runStore';
import { SharedRounds } from '../model/sharedRounds';
import { baseAddress } from '../oz/address';
import type { Clock } from '../oz/clock';
import { accountOf } from './account';
import { SharedFolder } from './sharedFolder';

interface Options {
  /** A path, the same in every window of this machine. */
  folder: string;
  runs: RunStore;
  baseUrl: () => string;
  /** The key for that base URL, if there is one. */
  key: () => Promise<string | undefined>;
  clock: Clock;
}

/** What the windows of this machine share. */
export function shareRounds({ folder, runs, baseUrl, key, clock }: Options): SharedRounds {
  const account = async (): Promise<ReturnType<typeof accountOf> | undefined> => {
    const value = await key();
    return value ? accountOf(baseAddress(baseUrl()), value) : undefined;
  };
  return new SharedRounds({ store: runs, files: new SharedFolder(folder), account, clock });
}
