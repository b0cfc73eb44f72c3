import type { Clock } from '../oz/clock';
import { type PendingLaunch, pendingLaunchIn } from './pendingLaunch';
import { type Account, AccountFiles, type SharedFiles } from './sharedFiles';

const day = 24 * 60 * 60 * 1000;
/** Milliseconds for which the launches of a key are kept that nobody uses any more. */
const keptForOthers = 90 * day;
/** The name of a launch's file is its id; one that was being written has more to its name. */
const idPattern = /^[0-9a-f-]{36}$/;

/** The launches of one account, a file for each, which every window of this machine sees. Every method may reject. */
export class LaunchFiles {
  /** The same in every window with this key and base URL. */
  readonly account: string;
  readonly #files: AccountFiles;

  constructor(files: SharedFiles, account: Account, clock: Clock) {
    this.account = account.id;
    this.#files = new AccountFiles(files, account, clock);
  }

  async all(): Promise<PendingLaunch[]> {
    const ids = (await this.#files.names()).filter((name) => idPattern.test(name));
    return (await Promise.all(ids.map((id) => this.find(id)))).filter((launch) => launch !== undefined);
  }

  /** Undefined when it is not there, or cannot be read as a launch. */
  async find(id: string): Promise<PendingLaunch | undefined> {
    const text = await this.#files.read(id);
    try {
      return text ? pendingLaunchIn(JSON.parse(text)) : undefined;
    } catch {
      return undefined;
    }
  }

  async put(launch: PendingLaunch): Promise<void> {
    await this.#files.write(launch.id, JSON.stringify(launch));
  }

  async remove(id: string): Promise<void> {
    await this.#files.remove(id);
  }

  /** Removes what is none of these launches and was left behind by windows that went. */
  async tidy(launches: readonly PendingLaunch[]): Promise<void> {
    await this.#files.tidy(
      launches.map(({ id }) => id),
      keptForOthers,
    );
  }
}
