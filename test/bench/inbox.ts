import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Locator } from 'playwright-core';
import { OzClock } from '../local-oz/clock';
import { type LocalOz, startLocalOz } from '../local-oz/server';
import type { Run, RunState } from '../local-oz/state';
import { Workbench } from '../ui/workbench';
import { launchBrowser } from '../vscode/browser';
import { projectFolder, temporaryFolder } from '../vscode/folders';
import { makeSampleWorkspace } from '../vscode/sampleWorkspace';
import { startServer } from '../vscode/startServer';
import { makeExtension } from './emptyExtension';
import type { TreeCounts } from './inboxInHost';

const runCount = 10_000;
const pageSize = 100;
/** The service's time stands still this long ago (ms), where the age of a run is a date: no row changes by itself. */
const longAgo = 60 * 24 * 60 * 60_000;

/** VS Code with 10,000 runs in the Runs view, everything open that is open at first. */
export class Inbox {
  private constructor(
    readonly oz: LocalOz,
    readonly workbench: Workbench,
    readonly runs: Locator,
    private readonly control: string,
    private readonly running: (() => Promise<unknown>)[],
  ) {}

  static async open(): Promise<Inbox> {
    const running: (() => Promise<unknown>)[] = [];
    const oz = await startLocalOz({ scenario: 'scale', clock: OzClock.controlled(Date.now() - longAgo) });
    running.push(() => oz.close());
    const controlFile = path.join(temporaryFolder('bench'), 'control');
    const server = await startServer({
      version: 'newest',
      workspace: makeSampleWorkspace(),
      userSettings: { 'agentRuns.baseUrl': oz.baseUrl },
      env: { WARP_API_KEY: oz.key, BENCH_CONTROL_FILE: controlFile },
      extensions: [await makeInboxExtension()],
    });
    running.push(server.stop);
    const browser = await launchBrowser();
    running.push(() => browser.close());
    const workbench = await Workbench.open(browser, server.url);
    await workbench.openContainer('Agent Runs');
    const runs = await workbench.view('Runs');
    await workbench.rows(runs).first().waitFor();
    const inbox = new Inbox(oz, workbench, runs, fs.readFileSync(controlFile, 'utf8'), running);
    await inbox.#loadAll();
    return inbox;
  }

  async close(): Promise<void> {
    for (const end of this.running.splice(0).reverse()) {
      await end();
    }
  }

  /** The rows on the screen, without the group's that stays at the top. */
  get listed(): Locator {
    return this.runs.locator('.monaco-list-rows .monaco-list-row');
  }

  /** The row of that number from the top of the list, if it is on the screen or near it. */
  rowAt(index: number): Locator {
    return this.runs.locator(`.monaco-list-rows [data-index="${index}"]`);
  }

  /** Runs a command to its end. */
  async command(id: string): Promise<void> {
    await this.#ask(id);
  }

  /** What was told and asked because of `work`, once VS Code has asked for all it wants. */
  async countsDuring(work: () => Promise<unknown>): Promise<TreeCounts> {
    const before = await this.#settledCounts();
    await work();
    const after = await this.#settledCounts();
    return {
      events: after.events - before.events,
      getTreeItem: after.getTreeItem - before.getTreeItem,
      getChildren: after.getChildren - before.getChildren,
    };
  }

  /** Waits until the list was polled once more. */
  async nextPoll(): Promise<void> {
    const answered = (): number =>
      this.oz.log.filter(({ path, status }) => path === '/agent/runs' && status === 200).length;
    const before = answered();
    while (answered() === before) {
      await this.workbench.page.waitForTimeout(100);
    }
  }

  /** The ids of the runs in that state that have no family, the newest first. */
  runsIn(state: RunState): string[] {
    const all = [...this.oz.state.runs.values()].map(({ item }) => item);
    const parents = new Set(all.map(({ parent_run_id: parent }) => parent));
    const alone = all.filter((run) => run.parent_run_id === undefined && !parents.has(run.run_id));
    return alone.filter((run) => run.state === state).map(({ run_id: id }) => id);
  }

  /** Changes a run, but not its state. */
  change(runId: string, change: Partial<Run>): void {
    this.oz.setState(runId, this.oz.run(runId).state, change);
  }

  /** Scrolls down until so many rows are above the screen. */
  async scrollTo(rows: number): Promise<void> {
    const { page } = this.workbench;
    await this.runs.hover();
    const first = (): Promise<number> =>
      this.listed.evaluateAll((all) => Math.min(...all.map((row) => Number(row.getAttribute('data-index')))));
    while ((await first()) < rows) {
      await page.mouse.wheel(0, 100);
      await page.waitForTimeout(50);
    }
  }

  /** Each row on the screen as a line: where it is, whether it is selected and unfolded, and its name. */
  async look(): Promise<string> {
    const lines = await this.listed.evaluateAll((rows) =>
      rows.map((row) => {
        const states = ['aria-level', 'aria-selected', 'aria-expanded'].map((name) => row.getAttribute(name));
        const name = row.querySelector('.label-name')?.textContent;
        return [Math.round(row.getBoundingClientRect().top), ...states, name].join(' ');
      }),
    );
    return lines.sort((a, b) => parseInt(a) - parseInt(b)).join('\n');
  }

  /** Behind another view: nothing is drawn for each page. */
  async #loadAll(): Promise<void> {
    await this.workbench.openContainer('Explorer');
    for (let known = pageSize; known < runCount; known += pageSize) {
      await this.command('agentRuns.loadMoreRuns');
    }
    await this.workbench.openContainer('Agent Runs');
    await this.#settledCounts();
  }

  /** They have stood still for a second: VS Code gathers what it is told for a fifth of one. */
  async #settledCounts(): Promise<TreeCounts> {
    for (let before = await this.#ask(''); ;) {
      await this.workbench.page.waitForTimeout(1000);
      const now = await this.#ask('');
      if (JSON.stringify(now) === JSON.stringify(before)) {
        return now;
      }
      before = now;
    }
  }

  async #ask(command: string): Promise<TreeCounts> {
    const answer = await fetch(`${this.control}/${command}`);
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
    return (await answer.json()) as TreeCounts;
  }
}

/** An extension with the views and commands of the real one, and its code. */
async function makeInboxExtension(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, 'inboxInHost.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    mainFields: ['module', 'main'],
  });
  const manifest = JSON.parse(fs.readFileSync(path.join(projectFolder, 'package.json'), 'utf8')) as {
    contributes: object;
  };
  return makeExtension('inbox', manifest.contributes, outputFiles[0]?.text);
}
