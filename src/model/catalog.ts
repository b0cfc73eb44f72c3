import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { Environment, Identity, Models } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
import { SharedCall } from './sharedCall';

const freshFor = 300_000;

/** What a run can be launched with: environments, models and identities, read when first needed and then every few minutes. */
export class Catalog implements Disposable {
  readonly #environments: Cached<Environment[]>;
  readonly #models: Cached<Models>;
  readonly #identities: Cached<Identity[]>;
  readonly #changed = new Emitter<undefined>();
  #byId = new Map<string, Environment>();
  readonly #lookedUp = new Set<string>();

  /** The environments were read. */
  readonly onDidChange = this.#changed.event;

  constructor(client: Pick<OzClient, 'listEnvironments' | 'listModels' | 'listIdentities'>, clock: Pick<Clock, 'now'>) {
    this.#environments = new Cached(
      (signal) => client.listEnvironments(signal),
      clock,
      (environments) => {
        this.#byId = new Map(environments.map((environment) => [environment.uid, environment]));
        this.#changed.fire(undefined);
      },
    );
    this.#models = new Cached((signal) => client.listModels(signal), clock);
    this.#identities = new Cached((signal) => client.listIdentities(signal), clock);
  }

  /** @throws ApiProblem */
  environments(): Promise<Environment[]> {
    return this.#environments.get();
  }

  /** @throws ApiProblem */
  models(): Promise<Models> {
    return this.#models.get();
  }

  /** @throws ApiProblem */
  identities(): Promise<Identity[]> {
    return this.#identities.get();
  }

  /** They are others now: the next one to ask has them read. */
  identitiesChanged(): void {
    this.#identities.reset();
  }

  /** As far as it was read. */
  environment(id: string): Environment | undefined {
    return this.#byId.get(id);
  }

  /** The name a person gave it, as far as it was read. */
  environmentName(id: string): string | undefined {
    return this.#byId.get(id)?.config.name;
  }

  /** The same of a model. */
  modelName(id: string): string | undefined {
    return this.#models.known?.models.find((model) => model.id === id)?.display_name;
  }

  /** The same of an identity. */
  identityName(uid: string): string | undefined {
    return this.#identities.known?.find((identity) => identity.uid === uid)?.name;
  }

  /** Reads the environments once for one that is not known; `onDidChange` tells when it may be. */
  lookUp(id: string): void {
    if (!this.#byId.has(id) && !this.#lookedUp.has(id)) {
      this.#lookedUp.add(id);
      // Nobody waits for it: a row without the name is good enough.
      this.environments().catch(() => undefined);
    }
  }

  /** A person wants to see what there is now: whoever asks next has it read anew. What is known stays until then. */
  refresh(): void {
    this.#environments.outdate();
    this.#models.outdate();
    this.#identities.outdate();
  }

  /** Another key or base URL: everything is forgotten. */
  reset(): void {
    this.#environments.reset();
    this.#models.reset();
    this.#identities.reset();
    this.#byId = new Map();
    this.#lookedUp.clear();
  }

  dispose(): void {
    this.reset();
    this.#changed.dispose();
  }
}

class Cached<T> {
  readonly #read: (signal: AbortSignal) => Promise<T>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #onRead: ((value: T) => void) | undefined;
  readonly #call = new SharedCall<T>();
  #abort = new AbortController();
  #value: { value: T; at: number } | undefined;

  constructor(read: (signal: AbortSignal) => Promise<T>, clock: Pick<Clock, 'now'>, onRead?: (value: T) => void) {
    this.#read = read;
    this.#clock = clock;
    this.#onRead = onRead;
  }

  get known(): T | undefined {
    return this.#value?.value;
  }

  async get(): Promise<T> {
    return this.#value && this.#clock.now() - this.#value.at < freshFor
      ? this.#value.value
      : this.#call.join(() => this.#readNow());
  }

  outdate(): void {
    this.#value = undefined;
  }

  reset(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#call.forget();
    this.#value = undefined;
  }

  async #readNow(): Promise<T> {
    const { signal } = this.#abort;
    const value = await this.#read(signal);
    signal.throwIfAborted();
    this.#value = { value, at: this.#clock.now() };
    this.#onRead?.(value);
    return value;
  }
}
