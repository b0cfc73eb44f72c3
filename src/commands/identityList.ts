import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { asProblem } from '../model/loadStatus';
import type { ApiProblem } from '../oz/problems';
import type { Identity } from '../oz/types';
import { plain } from '../platform/plainText';
import { problemWords } from '../platform/problemWords';
import { type Item, separator } from './chooseItem';

export interface IdentityItem extends Item {
  /** Of the items that stand for one. */
  identity?: Identity;
}

/** The team's identities for a list that is shown while they load. */
export class IdentityList {
  readonly #catalog: Pick<Catalog, 'identities' | 'identitiesChanged'>;
  readonly #listeners = new Set<() => void>();
  #identities: readonly Identity[] = [];
  #problem: ApiProblem | undefined;
  #isLoading = false;

  constructor(catalog: Pick<Catalog, 'identities' | 'identitiesChanged'>) {
    this.#catalog = catalog;
    void this.#load();
  }

  readonly onDidChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly isLoading = (): boolean => this.#isLoading;

  /** As far as they were read, by name. */
  get all(): readonly Identity[] {
    return this.#identities;
  }

  /** Reads them anew; what is known is shown meanwhile. */
  async reload(): Promise<void> {
    this.#catalog.identitiesChanged();
    await this.#load();
  }

  /** One that was made or renamed, until the list is read again. */
  put(identity: Identity): void {
    this.#identities = inOrder([...this.#identities.filter(({ uid }) => uid !== identity.uid), identity]);
    this.#fire();
  }

  /** One item for each; those that the plan does not cover come last. */
  items(buttons: vscode.QuickInputButton[] = []): (IdentityItem | Item)[] {
    const { t } = vscode.l10n;
    const item = (identity: Identity): IdentityItem => ({
      id: identityItemId(identity),
      label: `$(account) ${plain(identity.name, 80) || plain(identity.uid, 80)}`,
      description: identity.available ? '' : `$(warning) ${notAvailableWords()}`,
      buttons,
      identity,
    });
    if (this.#identities.length === 0 && this.#isLoading) {
      // What comes in its place is active then.
      return [{ id: 'loading', label: t('Loading…') }];
    }
    const beyond = this.#identities.filter(({ available }) => !available);
    return [
      ...this.#identities.filter(({ available }) => available).map(item),
      ...(beyond.length > 0 ? [separator(t('Not available')), ...beyond.map(item)] : []),
    ];
  }

  /** What stands in place of the list when it could not be read, with what helps. */
  failureItems(): Item[] {
    const { t } = vscode.l10n;
    const problem = this.#problem;
    if (!problem) {
      return [];
    }
    if (isForPeople(problem)) {
      return [
        {
          id: 'failed',
          label: `$(error) ${t('Only people can manage identities')}`,
          detail: serviceAccountWords(),
        },
        { id: 'key', label: `$(key) ${t('Set API Key…')}` },
      ];
    }
    return [{ id: 'failed', label: `$(error) ${t('The list could not be loaded')}`, detail: problemWords(problem) }];
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    this.#fire();
    try {
      this.#identities = inOrder(await this.#catalog.identities());
      this.#problem = undefined;
    } catch (error) {
      this.#problem = asProblem(error);
      if (isForPeople(this.#problem)) {
        this.#identities = [];
      }
    }
    this.#isLoading = false;
    this.#fire();
  }

  #fire(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

export function identityItemId({ uid }: Pick<Identity, 'uid'>): string {
  return `id ${uid}`;
}

function inOrder(identities: readonly Identity[]): Identity[] {
  return identities.toSorted((a, b) => a.name.localeCompare(b.name) || a.uid.localeCompare(b.uid));
}

/** The key is a service account's. A limit of the plan is another kind of 403. */
export function isForPeople({ kind, facts: { code } }: ApiProblem): boolean {
  return kind === 'forbidden' && code !== 'feature_not_available';
}

export function serviceAccountWords(): string {
  return vscode.l10n.t('This is an identity’s own API key. It still launches, reads and cancels runs.');
}

export function notAvailableWords(): string {
  return vscode.l10n.t('the plan does not cover it');
}
