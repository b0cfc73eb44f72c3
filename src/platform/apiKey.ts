import type * as vscode from 'vscode';
import { Emitter } from '../model/emitter';
import { product } from '../product';

const secretName = 'agentRuns.apiKey';

export interface KeyInUse {
  value: string;
  from: 'stored' | 'environment';
}

/**
 * The API key. It is stored with the origin that it was entered for and given out for that origin only, so that a changed
 * base URL never carries it elsewhere. `WARP_API_KEY` of the environment is used when nothing is stored.
 */
export class ApiKey implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #baseUrl: () => string;
  readonly #changed = new Emitter<undefined>();
  readonly #subscription: vscode.Disposable;
  #stored: Promise<string | undefined> | undefined;

  /** Stored, replaced or deleted, in this window or another. */
  readonly onDidChange = this.#changed.event;

  constructor(secrets: vscode.SecretStorage, environment: NodeJS.ProcessEnv, baseUrl: () => string) {
    this.#secrets = secrets;
    this.#environment = environment;
    this.#baseUrl = baseUrl;
    this.#subscription = secrets.onDidChange(({ key }) => {
      if (key === secretName) {
        this.#stored = undefined;
        this.#changed.fire(undefined);
      }
    });
  }

  /** The key for the base URL of this moment, or undefined. */
  async inUse(): Promise<KeyInUse | undefined> {
    const stored = parse(await this.#read());
    if (stored?.origin === originOf(this.#baseUrl())) {
      return { value: stored.key, from: 'stored' };
    }
    const value = this.#environment[product.keyVariable]?.trim();
    return value ? { value, from: 'environment' } : undefined;
  }

  async store(key: string): Promise<void> {
    await this.#secrets.store(secretName, JSON.stringify({ origin: originOf(this.#baseUrl()), key }));
  }

  async signOut(): Promise<void> {
    await this.#secrets.delete(secretName);
  }

  /** Read once, until it changes or the reading failed: a locked keyring may be open the next time. */
  #read(): Promise<string | undefined> {
    if (!this.#stored) {
      const reading = Promise.resolve(this.#secrets.get(secretName));
      this.#stored = reading;
      reading.catch(() => {
        if (this.#stored === reading) {
          this.#stored = undefined;
        }
      });
    }
    return this.#stored;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function parse(text: string | undefined): { origin: string; key: string } | undefined {
  try {
    const value = JSON.parse(text ?? 'null') as { origin?: unknown; key?: unknown } | null;
    return typeof value?.origin === 'string' && typeof value.key === 'string'
      ? { origin: value.origin, key: value.key }
      : undefined;
  } catch {
    return undefined;
  }
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
