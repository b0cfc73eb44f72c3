import * as vscode from 'vscode';
import { ApiProblem } from '../oz/problems';
import { plain } from '../platform/plainText';
import { problemWords } from '../platform/problemWords';
import type { Item } from './chooseItem';

/** A list that loads while a person looks. What was read stays when reading it anew fails. */
export class LoadedList<T> {
  readonly #read: () => Promise<T>;
  readonly #changed: () => void;
  #value: T | undefined;
  #failure: string | undefined;
  #isLoading = false;

  constructor(read: () => Promise<T>, changed: () => void) {
    this.#read = read;
    this.#changed = changed;
  }

  get value(): T | undefined {
    return this.#value;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** The last reading that ended has failed; it may be tried again meanwhile. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** What a person should know while there is no list. */
  get note(): string | undefined {
    const { t } = vscode.l10n;
    if (this.#value !== undefined) {
      return undefined;
    }
    return this.#failure === undefined ? t('loading the list…') : t('the list could not be loaded');
  }

  load(): void {
    if (!this.#isLoading) {
      this.#isLoading = true;
      void this.#load();
    }
  }

  /** Says in the list itself that it could not be read. */
  failureItem(): Item[] {
    const { t } = vscode.l10n;
    const words = this.#value === undefined ? t('The list could not be loaded') : t('The list could not be refreshed');
    return this.#failure === undefined
      ? []
      : [{ id: 'failed', label: `$(error) ${words}`, detail: this.#failure, alwaysShow: true }];
  }

  async #load(): Promise<void> {
    try {
      this.#value = await this.#read();
      this.#failure = undefined;
    } catch (error) {
      this.#failure = ApiProblem.is(error) ? problemWords(error) : plain(String(error));
    }
    this.#isLoading = false;
    this.#changed();
  }
}
