import type { CommandName } from './protocol';

/** The extension's commands that a page can ask for; each takes the run's id. The others are the page's own. */
export const runCommands: Partial<Record<CommandName, string>> = {
  cancelRun: 'agentRuns.cancelRun',
  copyLink: 'agentRuns.copyRunLink',
  followUp: 'agentRuns.followUp',
  openBrowser: 'agentRuns.openInBrowser',
  openSession: 'agentRuns.openSession',
  setKey: 'agentRuns.setApiKey',
};
