import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { CDPSession, Frame } from 'playwright-core';
import { type LocalOz, startLocalOz } from '../local-oz/server';
import type { Run } from '../local-oz/state';
import { Workbench } from '../ui/workbench';
import { launchBrowser } from '../vscode/browser';
import { temporaryFolder } from '../vscode/folders';
import { packageExtension } from '../vscode/packageExtension';
import { makeSampleWorkspace } from '../vscode/sampleWorkspace';
import { startServer } from '../vscode/startServer';
import type { HostCall } from './conversationInHost';
import { makeExtension } from './emptyExtension';
import { watchFrame } from './webviewProbe';

/** What the runs of the scenario are called. */
const titles = { huge: 'Rewrite the whole shop', small: 'Rewrite the order page' };

/** Bytes of the page's heap after all garbage was collected, and what is in it. */
export interface PageMemory {
  heap: number;
  nodes: number;
  listeners: number;
  frames: number;
}

/** VS Code with the packed extension, the `huge` scenario, and an extension beside it that measures the host. */
export class ConversationEditor {
  #painted: (at: number) => void = () => undefined;

  private constructor(
    readonly oz: LocalOz,
    readonly workbench: Workbench,
    readonly workspace: string,
    private readonly cdp: CDPSession,
    private readonly control: string,
    private readonly running: (() => Promise<unknown>)[],
  ) {}

  static async open(): Promise<ConversationEditor> {
    const running: (() => Promise<unknown>)[] = [];
    const oz = await startLocalOz({ scenario: 'huge', clock: 'real' });
    running.push(() => oz.close());
    const controlFile = path.join(temporaryFolder('bench'), 'control');
    const workspace = makeSampleWorkspace();
    const server = await startServer({
      version: 'newest',
      workspace,
      userSettings: { 'agentRuns.baseUrl': oz.baseUrl, 'agentRuns.webUrl': oz.webUrl },
      env: { WARP_API_KEY: oz.key, BENCH_CONTROL_FILE: controlFile },
      vsix: await packageExtension(),
      extensions: [await makeHostExtension()],
    });
    running.push(server.stop);
    const browser = await launchBrowser();
    running.push(() => browser.close());
    const workbench = await Workbench.open(browser, server.url);
    const { page } = workbench;
    while (!fs.existsSync(controlFile)) {
      await page.waitForTimeout(100);
    }
    const cdp = await page.context().newCDPSession(page);
    const control = fs.readFileSync(controlFile, 'utf8');
    const editor = new ConversationEditor(oz, workbench, workspace, cdp, control, running);
    await page.context().exposeFunction('benchPainted', (at: number) => {
      editor.#painted(at);
    });
    await page.context().addInitScript(watchFrame);
    await workbench.openContainer('Agent Runs');
    await workbench
      .rows(await workbench.view('Runs'))
      .first()
      .waitFor();
    return editor;
  }

  async close(): Promise<void> {
    for (const end of this.running.splice(0).reverse()) {
      await end();
    }
  }

  /** The run with 10,000 messages, or the one with 100. */
  run(which: keyof typeof titles): Run {
    const found = [...this.oz.state.runs.values()].find(({ item }) => item.title === titles[which]);
    if (!found) {
      throw new Error(`The service has no run "${titles[which]}"`);
    }
    return found.item;
  }

  /** Runs a command to its end, and returns when it was given (ms since 1970). */
  async command(command: string, ...args: unknown[]): Promise<number> {
    return this.ask({ do: 'run', command, args });
  }

  /**
   * Milliseconds from the command to the first paint with content in sight in the webview that it shows.
   * @throws when there is none in time
   */
  async timeToPaint(command: string, args: unknown[] = [], patience = 30_000): Promise<number> {
    const painted = new Promise<number>((resolve, reject) => {
      this.#painted = resolve;
      setTimeout(() => {
        reject(new Error(`${command} painted nothing`));
      }, patience).unref();
    });
    const given = await this.command(command, ...args);
    return (await painted) - given;
  }

  /** Shows a conversation, and returns the milliseconds to its first entries. */
  async openConversation(which: keyof typeof titles): Promise<number> {
    return this.timeToPaint('agentRuns.openConversation', [{ runId: this.run(which).run_id }]);
  }

  async closeAll(): Promise<void> {
    await this.command('workbench.action.closeAllEditors');
  }

  /** Waits until nothing more is going on that one of the measurements began. */
  async rest(ms = 500): Promise<void> {
    await this.workbench.page.waitForTimeout(ms);
  }

  /** The frame in which the webview on the screen has its HTML. */
  webview(): Frame {
    const frame = this.workbench.page.frames().findLast((one) => one.url().includes('/fake.html'));
    if (!frame) {
      throw new Error('no webview is on the screen');
    }
    return frame;
  }

  async memory(): Promise<PageMemory> {
    // What the first collection lets go of, the second one frees.
    for (let round = 0; round < 3; round += 1) {
      await this.cdp.send('HeapProfiler.collectGarbage');
      await this.rest(100);
    }
    const { usedSize, embedderHeapUsedSize, backingStorageSize } = await this.cdp.send('Runtime.getHeapUsage');
    const { documents, nodes, jsEventListeners } = await this.cdp.send('Memory.getDOMCounters');
    return {
      heap: usedSize + embedderHeapUsedSize + backingStorageSize,
      nodes,
      listeners: jsEventListeners,
      frames: documents,
    };
  }

  /** The longest time (ms) for which the extension host was blocked since this was last asked. */
  async blocked(): Promise<number> {
    return this.ask({ do: 'blocked' });
  }

  /** Bytes of the extension host's heap after all garbage was collected. */
  async hostHeap(): Promise<number> {
    return this.ask({ do: 'heap' });
  }

  async ask(call: HostCall): Promise<number> {
    const answer = await fetch(this.control, { method: 'POST', body: JSON.stringify(call) });
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
    return (await answer.json()) as number;
  }
}

async function makeHostExtension(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, 'conversationInHost.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  const contributes = { commands: [{ command: 'bench.empty', title: 'Empty' }] };
  return makeExtension('host', contributes, outputFiles[0]?.text, ['onStartupFinished']);
}
