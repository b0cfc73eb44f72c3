import assert from 'node:assert/strict';
import { Emitter } from '../../../src/model/emitter';
import { WorkspaceRepositories } from '../../../src/platform/workspaceRepositories';
import { settle } from '../fakeClock';

interface Remote {
  name: string;
  fetchUrl?: string;
  pushUrl?: string;
}

/** A Git repository as the Git extension shows it. */
class Repository {
  readonly #changed = new Emitter<undefined>();
  listeners = 0;
  readonly state = {
    remotes: [] as Remote[],
    onDidChange: (listener: () => void) => {
      this.listeners += 1;
      const subscription = this.#changed.event(listener);
      return {
        dispose: () => {
          this.listeners -= 1;
          subscription.dispose();
        },
      };
    },
  };

  constructor(...urls: string[]) {
    this.setRemotes(...urls);
  }

  setRemotes(...urls: string[]): void {
    this.state.remotes = urls.map((fetchUrl, index) => ({ name: `remote${index}`, fetchUrl, pushUrl: fetchUrl }));
    this.#changed.fire(undefined);
  }
}

class Git {
  readonly #opened = new Emitter<never>();
  readonly #closed = new Emitter<never>();
  readonly onDidOpenRepository = this.#opened.event;
  readonly onDidCloseRepository = this.#closed.event;
  asked = 0;
  repositories: Repository[];

  constructor(...repositories: Repository[]) {
    this.repositories = repositories;
  }

  readonly open = (): Promise<Git> => {
    this.asked += 1;
    return Promise.resolve(this);
  };

  set(...repositories: Repository[]): void {
    const isMore = repositories.length > this.repositories.length;
    this.repositories = repositories;
    (isMore ? this.#opened : this.#closed).fire(undefined as never);
  }
}

function watch(git: Git): { repositories: WorkspaceRepositories; names: () => string[]; changes: () => number } {
  const repositories = new WorkspaceRepositories(git.open);
  let changes = 0;
  repositories.onDidChange(() => (changes += 1));
  const names = (): string[] => repositories.current.map(({ owner, repo }) => `${owner}/${repo}`);
  return { repositories, names, changes: () => changes };
}

describe('WorkspaceRepositories', () => {
  it('asks Git for nothing before somebody wants to know, and then once', async () => {
    const git = new Git(new Repository('git@github.com:acme/web.git'));
    const { names, changes } = watch(git);
    await settle();
    assert.deepEqual([git.asked, git.repositories[0]?.listeners], [0, 0]);
    assert.deepEqual(names(), []);
    await settle();
    assert.deepEqual([names(), changes(), git.asked], [['acme/web'], 1, 1]);
  });

  it('finds all remotes on GitHub of all repositories, each once', async () => {
    const git = new Git(
      new Repository('https://github.com/me/web', 'git@github.com:acme/web.git', 'https://gitlab.com/acme/web'),
      new Repository('https://github.com/ACME/web.git'),
      new Repository(),
    );
    const one = git.repositories[2];
    one?.state.remotes.push({ name: 'a', pushUrl: 'https://github.com/acme/api' }, { name: 'b' });
    const { names } = watch(git);
    names();
    await settle();
    assert.deepEqual(
      names().map((name) => name.toLowerCase()),
      ['acme/api', 'acme/web', 'me/web'],
    );
  });

  it('hears of repositories that come and go and of other remotes, and of nothing else', async () => {
    const web = new Repository('https://github.com/acme/web');
    const api = new Repository('https://github.com/acme/api');
    const git = new Git(web);
    const { names, changes } = watch(git);
    names();
    await settle();
    git.set(web, api);
    assert.deepEqual([names(), changes()], [['acme/api', 'acme/web'], 2]);
    web.setRemotes('https://github.com/acme/web');
    assert.equal(changes(), 2);
    web.setRemotes('https://github.com/acme/shop');
    assert.deepEqual([names(), changes()], [['acme/api', 'acme/shop'], 3]);
    git.set(api);
    assert.deepEqual([names(), changes(), web.listeners, api.listeners], [['acme/api'], 4, 0, 1]);
  });

  it('finds none without Git, or when Git fails', async () => {
    for (const open of [() => Promise.resolve(undefined), () => Promise.reject(new Error('no'))]) {
      const repositories = new WorkspaceRepositories(open);
      assert.deepEqual(repositories.current, []);
      await settle();
      assert.deepEqual(repositories.current, []);
    }
  });

  it('lets go of everything when it is disposed, also before Git answered', async () => {
    const web = new Repository('https://github.com/acme/web');
    const git = new Git(web);
    const { repositories, names } = watch(git);
    names();
    await settle();
    repositories.dispose();
    assert.equal(web.listeners, 0);
    const late = watch(git);
    late.names();
    late.repositories.dispose();
    await settle();
    assert.equal(web.listeners, 0);
  });
});
