import * as vscode from 'vscode';
import { disposeAll } from '../model/emitter';
import { skillFileName } from '../model/skillSpec';
import type { Clock } from '../oz/clock';
import { isExcludedPath } from './findSkillFiles';

/** What happened to files since the last news. Addresses are those of `Uri.toString()`. */
export interface SkillNews {
  /** Files that were made or written. */
  readonly touched: ReadonlySet<string>;
  /** Files and folders that are gone. */
  readonly gone: ReadonlySet<string>;
  /** A folder is new: nothing is said of the files in one that was moved here. */
  readonly hasNewFolder: boolean;
}

/** Milliseconds in which news come together. */
const gathering = 200;

/** Watches the workspace folders for what may change its SKILL.md files. */
export class SkillWatch implements vscode.Disposable {
  readonly #clock: Clock;
  readonly #onNews: (news: SkillNews) => void;
  readonly #parts: vscode.Disposable[];
  #touched = new Set<string>();
  #gone = new Set<string>();
  #hasNewFolder = false;
  #restsUntil = 0;
  #stopWaiting: (() => void) | undefined;

  constructor(clock: Clock, onNews: (news: SkillNews) => void) {
    this.#clock = clock;
    this.#onNews = onNews;
    const files = vscode.workspace.createFileSystemWatcher(`**/${skillFileName}`, false, false, true);
    const all = vscode.workspace.createFileSystemWatcher('**', false, true, false);
    const touched = (uri: vscode.Uri): void => {
      if (!isExcludedPath(uri.path)) {
        this.#touched.add(uri.toString());
        this.#tellSoon();
      }
    };
    this.#parts = [
      files,
      all,
      files.onDidCreate(touched),
      files.onDidChange(touched),
      all.onDidDelete((uri) => {
        this.#gone.add(uri.toString());
        this.#tellSoon();
      }),
      all.onDidCreate(({ path }) => {
        if (mayBeFolder(path) && !isExcludedPath(path)) {
          this.#hasNewFolder = true;
          this.#tellSoon();
        }
      }),
    ];
  }

  /** For so many milliseconds, nothing is said of new folders: looking for what is in them takes long. */
  rest(ms: number): void {
    this.#restsUntil = this.#clock.now() + ms;
  }

  dispose(): void {
    this.#stopWaiting?.();
    disposeAll(this.#parts);
  }

  #tellSoon(wait = gathering): void {
    this.#stopWaiting ??= this.#clock.after(wait, () => {
      this.#stopWaiting = undefined;
      this.#tell();
    });
  }

  #tell(): void {
    const left = this.#hasNewFolder ? this.#restsUntil - this.#clock.now() : 0;
    const news = { touched: this.#touched, gone: this.#gone, hasNewFolder: this.#hasNewFolder && left <= 0 };
    this.#touched = new Set();
    this.#gone = new Set();
    this.#hasNewFolder = left > 0;
    if (left > 0) {
      this.#tellSoon(left);
    }
    this.#onNews(news);
  }
}

/** A name with a dot in it is nearly always a file's. Files come and go by the thousand while something is built. */
function mayBeFolder(path: string): boolean {
  return !/[^/]\.[^/]*$/.test(path);
}
