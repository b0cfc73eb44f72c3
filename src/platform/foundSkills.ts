// The entry of a bundle of its own, loaded when somebody wants to see the workspace's skills.
import * as vscode from 'vscode';
import { type Disposable, disposeAll, Emitter } from '../model/emitter';
import { type SeenSkill, SkillEntries } from '../model/skillEntries';
import type { WorkspaceSkill, WorkspaceSkills } from '../model/workspaceSkill';
import type { Clock } from '../oz/clock';
import { findSkillFiles } from './findSkillFiles';
import type { Log } from './log';
import { readSkills } from './readSkills';
import type { Parser } from './skillEntryOf';
import { type SkillNews, SkillWatch } from './skillWatch';

export { SkillSights } from './skillSights';

/** What Git says of files, of all of them at once. */
export interface Sights {
  /**
   * @param files paths for Git, by the files' addresses
   * @returns by the addresses; one is missing where Git did not speak of it
   */
  of(files: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, SeenSkill>>;
  readonly onDidChange: (listener: () => void) => { dispose(): void };
  dispose(): void;
}

export interface FoundSkillsOptions {
  /** Loads the parser. */
  reading: () => Promise<Parser>;
  sights: Sights;
  clock: Clock;
  log: Pick<Log, 'error'>;
}

/** Milliseconds between two tellings of what was read. */
const telling = 250;
/** Milliseconds between two searches for the sake of new folders, and how many times as long as a search took. */
const rest = { least: 1000, times: 10 };

/** The SKILL.md files of the workspace folders: found, read and watched, in turns that nobody else has to wait for. */
export class FoundSkills implements WorkspaceSkills, vscode.Disposable {
  readonly #options: FoundSkillsOptions;
  readonly #changed = new Emitter<undefined>();
  readonly #entries = new SkillEntries();
  #watch: SkillWatch | undefined;
  #parts: Disposable[] = [];
  #all: readonly WorkspaceSkill[] = [];
  #status: WorkspaceSkills['status'] = 'notRead';
  #told: WorkspaceSkills['status'] = 'notRead';

  // What there is to do: to look for files, to read all of them or these addresses, and to ask Git.
  #isToFind = false;
  #isToReadAll = false;
  #toRead = new Set<string>();
  #isToSee = false;
  #isSeeing = false;
  #isWorking = false;
  #isDisposed = false;
  #cancel = new vscode.CancellationTokenSource();
  #stopTelling: (() => void) | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(options: FoundSkillsOptions) {
    this.#options = options;
  }

  get status(): WorkspaceSkills['status'] {
    return this.#status;
  }

  get all(): readonly WorkspaceSkill[] {
    return this.#all;
  }

  start(): void {
    if (this.#status === 'notRead') {
      this.refresh();
    }
  }

  refresh(): void {
    this.#listen();
    this.#isToFind = true;
    this.#isToReadAll = true;
    // What is under way would be done twice.
    this.#cancel.cancel();
    this.#status = 'reading';
    this.#tellNow();
    this.#work();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancel.cancel();
    this.#stopTelling?.();
    disposeAll([...this.#parts, this.#options.sights]);
    this.#changed.dispose();
  }

  #listen(): void {
    if (this.#watch) {
      return;
    }
    this.#watch = new SkillWatch(this.#options.clock, (news) => {
      this.#hear(news);
    });
    const refresh = (): void => {
      this.refresh();
    };
    this.#parts = [
      this.#watch,
      vscode.workspace.onDidChangeWorkspaceFolders(refresh),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('files.exclude')) {
          refresh();
        }
      }),
      this.#options.sights.onDidChange(() => {
        this.#isToSee = true;
        this.#see();
      }),
    ];
  }

  #hear({ touched, gone, hasNewFolder }: SkillNews): void {
    this.#isToFind ||= hasNewFolder;
    for (const address of touched) {
      if (this.#entries.has(address)) {
        this.#toRead.add(address);
      } else {
        // Whether the settings leave it out is for the search to say.
        this.#isToFind = true;
      }
    }
    for (const address of this.#entries.at(gone)) {
      // It may be back already; its folder may have another name now.
      this.#toRead.add(address);
      this.#isToFind ||= !gone.has(address);
    }
    this.#work();
  }

  /** Finds and reads, one after the other, until there is nothing more to do. */
  #work(): void {
    if (this.#isWorking) {
      return;
    }
    this.#isWorking = true;
    this.#doAll().catch((error: unknown) => {
      this.#options.log.error('skills', error);
    });
  }

  async #doAll(): Promise<void> {
    try {
      while (!this.#isDisposed && (this.#isToFind || this.#toRead.size > 0)) {
        await (this.#isToFind ? this.#find() : this.#read());
      }
    } finally {
      this.#isWorking = false;
      this.#ready();
      this.#see();
    }
  }

  /** Nobody waits for Git: it may take seconds. */
  #see(): void {
    if (!this.#isToSee || this.#isSeeing || this.#isDisposed) {
      return;
    }
    this.#isToSee = false;
    this.#isSeeing = true;
    this.#options.sights
      .of(this.#entries.gitPaths)
      .then((seen) => {
        this.#entries.see(seen);
        // Of all at once, and somebody may be waiting to see that what was committed is there.
        this.#tellNow();
      })
      .catch((error: unknown) => {
        this.#options.log.error('skills and Git', error);
      })
      .finally(() => {
        this.#isSeeing = false;
        this.#see();
      });
  }

  #ready(): void {
    if (this.#status === 'reading') {
      this.#status = 'ready';
      this.#tellNow();
    }
  }

  async #find(): Promise<void> {
    const { clock } = this.#options;
    this.#cancel.dispose();
    this.#cancel = new vscode.CancellationTokenSource();
    const { token } = this.#cancel;
    const isForAll = this.#isToReadAll;
    this.#isToFind = false;
    this.#isToReadAll = false;
    const started = clock.now();
    const found = await findSkillFiles(token).catch((error: unknown) => {
      this.#options.log.error('finding skills', error);
    });
    if (!found || token.isCancellationRequested) {
      return;
    }
    this.#watch?.rest(Math.max(rest.least, rest.times * (clock.now() - started)));
    const isFound = new Set(found);
    for (const address of this.#entries.addresses) {
      if (!isFound.has(address)) {
        this.#entries.delete(address);
        this.#tell();
      }
    }
    for (const address of found) {
      if (isForAll || !this.#entries.has(address)) {
        this.#toRead.add(address);
      }
    }
  }

  async #read(): Promise<void> {
    const addresses = [...this.#toRead];
    this.#toRead.clear();
    this.#isToSee = true;
    const { token } = this.#cancel;
    for await (const some of readSkills(addresses, await this.#options.reading())) {
      for (const { address, entry } of some) {
        if (entry) {
          this.#entries.put(entry);
        } else {
          this.#entries.delete(address);
        }
      }
      this.#tell();
      if (token.isCancellationRequested) {
        return;
      }
    }
  }

  /** Soon: many changes come as one. The first ones that are read come at once. */
  #tell(): void {
    this.#stopTelling ??= this.#options.clock.after(this.#all.length > 0 ? telling : 0, () => {
      this.#tellNow();
    });
  }

  #tellNow(): void {
    this.#stopTelling?.();
    this.#stopTelling = undefined;
    const all = this.#entries.list();
    const isSame = all.length === this.#all.length && all.every((skill, index) => skill === this.#all[index]);
    if (this.#isDisposed || (isSame && this.#told === this.#status)) {
      return;
    }
    this.#told = this.#status;
    this.#all = isSame ? this.#all : all;
    this.#changed.fire(undefined);
  }
}
