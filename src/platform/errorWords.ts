import * as vscode from 'vscode';
import { type ErrorCode, type ErrorHelp, isErrorCode } from '../model/errorHelp';
import { product } from '../product';

/**
 * What an error code of the service means and what to do about it, in one sentence that fits a run as well as a call;
 * undefined for a code that is not known yet. What the service says itself is not in it.
 */
export function errorSentence(code: ErrorCode): string;
export function errorSentence(code: string | undefined): string | undefined;
export function errorSentence(code: string | undefined): string | undefined {
  const { t } = vscode.l10n;
  const { service } = product;
  const noCredits = t('There are no credits left: top up to go on.');
  const sentences: Record<ErrorCode, string> = {
    insufficient_credits: noCredits,
    out_of_credits: noCredits,
    budget_exceeded: t('The spending limit is reached: raise it, or wait until its next period.'),
    feature_not_available: t('The plan does not include this: do without it, or change the plan.'),
    external_authentication_required: t('{0} needs access to another account, such as GitHub: connect it.', service),
    integration_disabled: t('The integration is switched off: switch it on in the web app.'),
    integration_not_configured: t('The integration is not set up completely: finish that in the web app.'),
    authentication_required: t('{0} does not accept the API key, which may have expired: set another one.', service),
    environment_setup_failed: t('The environment could not be set up: check its repositories and setup commands.'),
    not_authorized: t('That is not allowed: ask for access, or use another API key.'),
    invalid_request: t('{0} did not accept what it was asked for: change it and try again.', service),
    resource_not_found: t('{0} did not find what it was asked for, or the account may not see it.', service),
    operation_not_supported: t('{0} does not support that here: try another way.', service),
    content_policy_violation: t('The prompt or a setup command breaks the content policy of {0}: change it.', service),
    conflict: t('That is not possible at this moment: try again shortly.'),
    resource_unavailable: t('{0} has too much to do: try again later.', service),
    internal_error: t('{0} has a problem of its own: try again later.', service),
    at_cloud_agent_capacity: t('All cloud agents are busy: wait until one has finished, or cancel one.'),
    infrastructure_timeout: t('The machine of the run did not answer in time: run it again.'),
    agent_process_failed: t('The agent’s program ended early: look at what it did last.'),
    agent_stream_network_error: t('The connection to the model broke off: try again.'),
    agent_stream_failure: t('The model broke off its answer: try again.'),
  };
  return isErrorCode(code) ? sentences[code] : undefined;
}

/** What a button with this help says, and the command that it runs; a run's command takes `{ runId }`. */
export function helpButton(help: ErrorHelp): { button: string; command: string } {
  const { t } = vscode.l10n;
  switch (help) {
    case 'topUp':
      return { button: t('Open Billing…'), command: 'agentRuns.topUp' };
    case 'connect':
      return { button: t('Connect…'), command: 'agentRuns.connectGitHub' };
    case 'environment':
      return { button: t('Open Environments'), command: 'agentRuns.openEnvironment' };
    case 'key':
      return { button: t('Set API Key…'), command: 'agentRuns.setApiKey' };
    case 'retry':
      return { button: t('Run Again'), command: 'agentRuns.runAgain' };
    case 'browser':
      return { button: t('Open in Browser'), command: 'agentRuns.openInBrowser' };
  }
}
