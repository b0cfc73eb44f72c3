import type { Catalog } from './catalog';
import { type Disposable, disposeAll, Emitter, type Event } from './emitter';
import type { Me } from './me';
import type { FilterFacts } from './runFilter';
import type { GitHubRepository } from './skillSpec';

interface Repositories {
  readonly current: readonly GitHubRepository[];
  readonly onDidChange: Event<undefined>;
}

type Environments = Pick<Catalog, 'environment' | 'lookUp' | 'onDidChange'>;

/** What filters need to know, from where it is known. What nobody asks for is not looked up. */
export class KnownFacts implements FilterFacts, Disposable {
  readonly #me: Pick<Me, 'uid' | 'onDidChange'>;
  readonly #repositories: Repositories;
  readonly #catalog: Environments;
  readonly #changed = new Emitter<undefined>();
  readonly #subscriptions: Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor(me: Pick<Me, 'uid' | 'onDidChange'>, repositories: Repositories, catalog: Environments) {
    this.#me = me;
    this.#repositories = repositories;
    this.#catalog = catalog;
    this.#subscriptions = [me, repositories, catalog].map((source) =>
      source.onDidChange(() => {
        this.#changed.fire(undefined);
      }),
    );
  }

  get uid(): string | undefined {
    return this.#me.uid;
  }

  get repositories(): readonly GitHubRepository[] {
    return this.#repositories.current;
  }

  environmentRepositories(environmentId: string): readonly GitHubRepository[] {
    this.#catalog.lookUp(environmentId);
    return this.#catalog.environment(environmentId)?.config.github_repos ?? [];
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
    this.#changed.dispose();
  }
}
