import type { ConversationSource } from './conversationSource';
import type { CommandName } from './protocol';

/** The extension's commands that a page can ask for; each takes the run's id. The others are the page's own. */
const runCommands: Partial<Record<CommandName, string>> = {
  attachRun: 'agentRuns.attachRun',
  cancelRun: 'agentRuns.cancelRun',
  checkOutBranch: 'agentRuns.checkOutBranch',
  connectGitHub: 'agentRuns.connectGitHub',
  continueLocally: 'agentRuns.continueLocally',
  copyBranch: 'agentRuns.copyBranch',
  copyLink: 'agentRuns.copyRunLink',
  copyPrompt: 'agentRuns.copyPrompt',
  copyRunId: 'agentRuns.copyRunId',
  diagnoseConnection: 'agentRuns.diagnoseConnection',
  exportJson: 'agentRuns.exportConversation',
  exportMarkdown: 'agentRuns.exportConversation',
  openAsText: 'agentRuns.openConversationAsText',
  openBrowser: 'agentRuns.openInBrowser',
  openEnvironment: 'agentRuns.openEnvironment',
  openPullRequest: 'agentRuns.openPullRequest',
  openSession: 'agentRuns.openSession',
  openSettings: 'agentRuns.openServiceSettings',
  openTranscript: 'agentRuns.openTranscript',
  pinRun: 'agentRuns.pinRuns',
  runAgain: 'agentRuns.runAgain',
  runAgainWithChanges: 'agentRuns.runAgainWithChanges',
  saveArtifacts: 'agentRuns.saveArtifacts',
  saveTranscript: 'agentRuns.saveTranscript',
  scheduleRun: 'agentRuns.scheduleRun',
  setKey: 'agentRuns.setApiKey',
  showInRuns: 'agentRuns.showInRuns',
  showParent: 'agentRuns.showParent',
  showSchedule: 'agentRuns.showSchedule',
  showSkill: 'agentRuns.showSkill',
  topUp: 'agentRuns.topUp',
  unpinRun: 'agentRuns.unpinRuns',
};

/** Of these, the ones for a conversation without a run too; they take the conversation's id. */
const withoutRun: ReadonlySet<CommandName> = new Set<CommandName>([
  'connectGitHub',
  'diagnoseConnection',
  'exportJson',
  'exportMarkdown',
  'openAsText',
  'openEnvironment',
  'openSettings',
  'setKey',
  'topUp',
]);

/** What a command takes besides the id. */
export const commandArguments: Partial<Record<CommandName, Record<string, unknown>>> = {
  exportJson: { format: 'json' },
  exportMarkdown: { format: 'markdown' },
};

/** The extension's command, or undefined where the page itself does what was asked, or nobody. */
export function commandFor(name: CommandName, source: ConversationSource): string | undefined {
  return source.runId !== undefined || withoutRun.has(name) ? runCommands[name] : undefined;
}
