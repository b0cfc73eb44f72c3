import * as vscode from 'vscode';
import { ApiProblem } from '../oz/problems';
import { plain } from './plainText';

/** The "Agent Runs" output channel, made when the first line is written: activation does without it. */
export class Log implements vscode.Disposable {
  #channel: vscode.LogOutputChannel | undefined;

  private get channel(): vscode.LogOutputChannel {
    this.#channel ??= vscode.window.createOutputChannel('Agent Runs', { log: true });
    return this.#channel;
  }

  readonly info = (line: string): void => {
    this.channel.info(line);
  };

  readonly error = (line: string, error?: unknown): void => {
    this.channel.error(error === undefined ? line : `${line}: ${describe(error)}`);
  };

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.#channel?.dispose();
  }
}

function describe(error: unknown): string {
  if (ApiProblem.is(error)) {
    const { kind, status, code, traceId, message } = error.facts;
    // What the service says must not write lines of its own.
    return plain([kind, status, code, traceId && `trace ${traceId}`, message].filter(Boolean).join(' '), 1000);
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
