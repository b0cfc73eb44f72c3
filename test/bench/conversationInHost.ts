import fs from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';

/** What is asked of the extension host. */
export type HostCall =
  /** Runs a command to its end; answers when it was given (ms since 1970). */
  | { do: 'run'; command: string; args: unknown[] }
  /** Answers the longest time (ms) that the host was blocked since this was last asked. */
  | { do: 'blocked' }
  /** Answers the bytes of the host's heap after all garbage was collected. */
  | { do: 'heap' };

/** Milliseconds between two looks at the clock: less than what counts as blocked. */
const resolution = 5;

/** An extension beside the packed one, in the same host: a webview with one word in it, and what is to be known of the host. */
export function activate(context: vscode.ExtensionContext): void {
  let empty: vscode.WebviewPanel | undefined;
  const showEmpty = (): void => {
    if (empty) {
      empty.reveal();
      return;
    }
    empty = vscode.window.createWebviewPanel('bench.empty', 'Empty', vscode.ViewColumn.Active, { enableScripts: true });
    empty.onDidDispose(() => (empty = undefined));
    empty.webview.html = '<!DOCTYPE html><html lang="en"><body><p id="word">Word</p></body></html>';
  };
  context.subscriptions.push(vscode.commands.registerCommand('bench.empty', showEmpty));
  const answer = makeAnswers();
  const server = createServer((request, response) => {
    bodyOf(request)
      .then((text) => answer(JSON.parse(text) as HostCall))
      .then(
        (value) => response.end(JSON.stringify(value)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    fs.writeFileSync(process.env.BENCH_CONTROL_FILE ?? '', `http://127.0.0.1:${port}`);
  });
}

function makeAnswers(): (call: HostCall) => Promise<number> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  return async (call) => {
    switch (call.do) {
      case 'run': {
        const given = Date.now();
        await vscode.commands.executeCommand(call.command, ...call.args.map(asUri));
        return given;
      }
      case 'blocked': {
        const longest = delay.max / 1e6;
        delay.reset();
        return longest;
      }
      case 'heap':
        gc();
        return process.memoryUsage().heapUsed;
    }
  };
}

/** A file's path stands for its address. */
function asUri(value: unknown): unknown {
  return typeof value === 'string' && value.startsWith('/') ? vscode.Uri.file(value) : value;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString();
}
