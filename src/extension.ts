import * as vscode from 'vscode';
import { once } from './platform/atFirstUse';
import { Log } from './platform/log';

/**
 * Says what the extension has and no more, so that VS Code goes on at once: all the rest is in a bundle of its own, which is
 * loaded in the next turn or by the first command.
 */
export function activate(context: vscode.ExtensionContext): void {
  const log = new Log();
  const agentRuns = once(async () => {
    const { buildAgentRuns } = await import('./agentRuns');
    const made = buildAgentRuns(context, log);
    context.subscriptions.push(made);
    return made;
  });
  const { contributes } = context.extension.packageJSON as { contributes: { commands: { command: string }[] } };
  for (const { command } of contributes.commands) {
    const run = async (...args: unknown[]): Promise<unknown> => (await agentRuns()).run(command, args);
    context.subscriptions.push(vscode.commands.registerCommand(command, run));
  }
  const restore = (viewType: string, name: 'restoreConversation' | 'restoreSchedule'): vscode.Disposable =>
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => (await agentRuns())[name](panel, state),
    });
  context.subscriptions.push(
    log,
    restore('agentRuns.conversation', 'restoreConversation'),
    restore('agentRuns.schedule', 'restoreSchedule'),
  );
  setImmediate(() => {
    agentRuns().catch((error: unknown) => {
      log.error('start', error);
    });
  });
}
