import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { type LaunchCost, type LaunchCostOptions, likelyCost } from '../model/launchCost';
import type { LaunchRequest } from '../oz/types';
import { numberFormat } from '../platform/formats';
import { plain } from '../platform/plainText';
import { creditsWord, launchTitle } from '../platform/words';
import { harnessName } from './launchMore/chosenOptions';
import { withProgressIfSlow } from './progress';

export interface ConfirmLaunchDeps extends LaunchCostOptions {
  catalog: Pick<Catalog, 'environmentName' | 'modelName' | 'identityName'>;
}

/** Characters of what is launched. */
const mostInQuestion = 80;
const dollarsFormat = numberFormat({ style: 'currency', currency: 'USD', maximumSignificantDigits: 3 });

/**
 * Asks before something is spent, where a person wants to be asked: `agentRuns.launch.confirm`. True to launch, false to
 * change the launch first.
 */
export async function confirmLaunch(deps: ConfirmLaunchDeps, request: LaunchRequest): Promise<boolean> {
  const { t } = vscode.l10n;
  if (vscode.workspace.getConfiguration('agentRuns').get('launch.confirm') !== true) {
    return true;
  }
  const cost = await withProgressIfSlow(t('Looking up what such runs cost…'), () => likelyCost(deps, request));
  const launch: vscode.MessageItem = { title: t('Launch') };
  const change: vscode.MessageItem = { title: t('Change…'), isCloseAffordance: true };
  const detail = [...factLines(deps, request), '', costWords(cost)].join('\n').trim();
  // The label of the settings is the same for every launch: it does not say which one this is.
  const named = { ...request, config: { ...request.config, name: undefined } };
  const question = t('Launch “{0}”?', launchTitle(named, mostInQuestion));
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, launch, change)) === launch;
}

function factLines(
  { catalog }: ConfirmLaunchDeps,
  { title, prompt, skill, config, attachments, agent_identity_uid: identity }: LaunchRequest,
): string[] {
  const { t } = vscode.l10n;
  const spec = skill ?? config?.skill_spec;
  const { environment_id: environment, model_id: model, harness: { type: harness } = {} } = config ?? {};
  const isLong = (prompt ?? '').length > mostInQuestion;
  return [
    ...(prompt && (title || spec || isLong) ? [t('Prompt: {0}', plain(prompt, 120))] : []),
    ...(spec ? [t('Skill: {0}', plain(spec, 120))] : []),
    environment
      ? t('Environment: {0}', plain(catalog.environmentName(environment) ?? environment, 80))
      : t('No environment'),
    ...(model ? [t('Model: {0}', plain(catalog.modelName(model) ?? model, 80))] : []),
    ...(identity ? [t('Identity: {0}', plain(catalog.identityName(identity) ?? identity, 80))] : []),
    ...(harness ? [t('Harness: {0}', plain(harnessName(harness), 60))] : []),
    ...(config?.name ? [t('Name: {0}', plain(config.name, 80))] : []),
    ...(attachments?.length ? [t('Attachments: {0}', attachments.length)] : []),
  ];
}

function costWords(cost: LaunchCost | undefined): string {
  const { t } = vscode.l10n;
  if (!cost) {
    return t('What such runs cost is not known.');
  }
  const { credits, dollars, runs } = cost;
  const amounts = [
    credits === undefined ? '' : creditsWord(credits),
    dollars === undefined ? '' : dollarsFormat(dollars),
  ];
  const amount = amounts.filter(Boolean).join(' · ');
  if (cost.of === 'skill') {
    return runs === 1
      ? t('The last finished run of this skill cost {0}.', amount)
      : t('The last {0} finished runs of this skill cost {1} each (the median).', runs, amount);
  }
  return runs === 1
    ? t('The last finished run in this environment cost {0}.', amount)
    : t('The last {0} finished runs in this environment cost {1} each (the median).', runs, amount);
}
