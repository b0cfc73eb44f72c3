import * as vscode from 'vscode';
import { Emitter } from '../model/emitter';
import { ScheduleCreation } from '../model/scheduleCreation';
import { skillPlace } from '../model/skillSpec';
import type { SkillSight } from '../model/workspaceSkill';
import type { ScheduleRequest } from '../oz/types';
import { launchSettings } from '../platform/launchSettings';
import { plain } from '../platform/plainText';
import { skillProblemWords } from '../platform/skillProblemWords';
import { askText, back } from './askText';
import { chooseItem, type Item, rendersWith, separator } from './chooseItem';
import { chooseTimes, type CronReading, nextTimeWords } from './chooseTimes';
import type { Answer, AnswerParts } from './launchAnswer';
import { LaunchChoices } from './launchChoices';
import { LaunchMemory } from './launchMemory';
import { notOnGitHubWords } from './openSkill';
import { type ScheduleDraft, ScheduleMemory } from './scheduleMemory';
import { sendSchedule, type SendScheduleDeps } from './sendSchedule';
import { type ChosenSkill, whichSkill, type WhichSkillDeps } from './whichSkill';
import { isWorkspaceTrusted } from './workspaceTrust';

export interface ScheduleSkillDeps extends WhichSkillDeps, SendScheduleDeps {
  catalog: AnswerParts['catalog'];
  /** Of the workspace: the drafts, and the last answers to a launch. */
  memento: vscode.Memento;
  cron: () => Promise<CronReading>;
}

type GitHubSkill = ChosenSkill & { spec: string };
type Row = 'create' | 'when' | 'name' | 'typed' | 'environment' | 'model' | 'fact';

/** Creates a schedule of a skill: asks when, then Enter alone creates it, and the rows change what with. */
export async function scheduleSkill(deps: ScheduleSkillDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const skill = await whichSkill(deps, argument, t('Schedule which skill?'));
  if (!skill || (skill.uri && !(await isWorkspaceTrusted()))) {
    return;
  }
  const { spec } = skill;
  if (spec === undefined) {
    const why = t('A schedule reads the skill from GitHub at each run.');
    void vscode.window.showInformationMessage(`${notOnGitHubWords(skill)} ${why}`);
    return;
  }
  await scheduleSheet(deps, { ...skill, spec }, await deps.cron());
}

async function scheduleSheet(deps: ScheduleSkillDeps, skill: GitHubSkill, cron: CronReading): Promise<void> {
  const { t } = vscode.l10n;
  const title = t('Schedule Skill {0}', plain(skill.name, 60));
  const memory = new ScheduleMemory(deps.memento, skill.spec);
  const { draft } = memory;
  const keep = (change: Partial<ScheduleDraft>): void => {
    memory.keep(Object.assign(draft, change));
  };
  const askTimes = async (): Promise<void> => {
    const times = await chooseTimes({
      title,
      cron,
      typed: draft.typed,
      chosen: draft.cron,
      onType: (typed) => {
        keep({ typed });
      },
      now: () => deps.clock.now(),
    });
    if (typeof times === 'string') {
      keep({ cron: times, typed: '' });
    }
  };
  if (draft.cron === undefined) {
    await askTimes();
  }
  const changed = new Emitter<undefined>();
  const choices = newChoices(deps, skill, changed);
  const creation = new ScheduleCreation(deps.client, deps.clock);
  while (draft.cron !== undefined) {
    const row = await chooseItem({
      title,
      placeholder: t('Press Enter to create the schedule'),
      canGoBack: false,
      items: () => rows(skill, draft, choices, nextTimeWords(cron, draft.cron ?? '', deps.clock.now()), cron),
      isBusy: () => choices.isLoading,
      changed: rendersWith(changed),
      staysFor: ({ id }) => id === 'fact',
    });
    if (row === undefined || row === back) {
      return;
    }
    switch (row.id as Row) {
      case 'when':
        await askTimes();
        break;
      case 'name':
        await ask(t('Name'), t('What the schedule is called.'), draft.name || skill.name, (name) => {
          keep({ name });
        });
        break;
      case 'typed': {
        const words = t('The agent is told this after the instructions of the skill.');
        await ask(t('Extra Instructions'), words, draft.text, (text) => {
          keep({ text });
        });
        break;
      }
      case 'environment':
        await choices.pickEnvironment();
        break;
      case 'model':
        await choices.pickModel();
        break;
      case 'create': {
        const end = await sendSchedule(deps, creation, requestOf(skill, draft, choices));
        if (end === 'created') {
          memory.forget();
        }
        if (end !== 'change') {
          return;
        }
        break;
      }
      case 'fact':
        break;
    }
  }
}

/** The same environments and models as for a launch of the skill. */
function newChoices(deps: ScheduleSkillDeps, { spec }: GitHubSkill, changed: Emitter<undefined>): LaunchChoices {
  return new LaunchChoices({
    catalog: deps.catalog,
    last: new LaunchMemory(deps.memento).choices,
    lastWords: vscode.l10n.t('as last time'),
    settings: launchSettings(),
    repository: () => skillPlace(spec)?.repository,
    needsRepository: true,
    hasPictures: () => false,
    changed,
  });
}

function requestOf({ spec, name }: GitHubSkill, draft: ScheduleDraft, choices: LaunchChoices): ScheduleRequest {
  const prompt = draft.text.trim();
  const environment = choices.environment.choice.id;
  const model = choices.model.choice.id;
  return {
    name: draft.name.trim() || name,
    cron_schedule: draft.cron ?? '',
    enabled: true,
    ...(prompt && { prompt }),
    agent_config: {
      skill_spec: spec,
      ...(environment !== undefined && { environment_id: environment }),
      ...(model !== undefined && { model_id: model }),
    },
  };
}

function rows(
  skill: GitHubSkill,
  draft: ScheduleDraft,
  choices: LaunchChoices,
  next: string,
  { cronInWords }: CronReading,
): Item[] {
  const { t } = vscode.l10n;
  const row = (id: Row, label: string, description: string, detail?: string): Item => ({
    id,
    label,
    description,
    detail,
    alwaysShow: true,
  });
  const said = ({ choice, from, warnings }: Answer): string =>
    [plain(choice.name, 60), from, ...warnings.map((words) => `$(warning) ${words}`)].filter(Boolean).join(' · ');
  return [
    row('create', `$(calendar) ${t('Create Schedule')}`, plain(draft.name || skill.name, 80)),
    separator(t('With')),
    row('when', `$(clock) ${t('When')}`, plain(cronInWords(draft.cron ?? ''), 120), next),
    row('name', `$(tag) ${t('Name')}`, plain(draft.name || skill.name, 80)),
    row('typed', `$(edit) ${t('Extra Instructions')}`, plain(draft.text, 80) || t('none')),
    row('environment', `$(server-environment) ${t('Environment')}`, said(choices.environment)),
    row('model', `$(circuit-board) ${t('Model')}`, said(choices.model)),
    separator(t('What the cloud sees')),
    ...facts(skill).map(({ label, detail }) => row('fact', label, '', detail)),
  ];
}

/** The cloud reads the skill from GitHub each time, so what is only here is no part of the runs. */
function facts({ here, spec }: GitHubSkill): { label: string; detail: string }[] {
  const { t } = vscode.l10n;
  const otherwise = otherwiseWords(here?.sight);
  const problem = here?.problem && t('Line {0}: {1}', here.problem.line, skillProblemWords(here.problem));
  return [
    { label: `$(repo) ${t('Each run reads the skill from GitHub')}`, detail: plain(spec, 160) },
    ...(otherwise
      ? [
          {
            label: `$(warning) ${otherwise}`,
            detail: t('What is only here is no part of the runs until it is pushed.'),
          },
        ]
      : []),
    ...(problem ? [{ label: `$(warning) ${t('Malformed')}`, detail: problem }] : []),
  ];
}

function otherwiseWords(sight: SkillSight | undefined): string | undefined {
  const { t } = vscode.l10n;
  switch (sight) {
    case 'uncommitted':
      return t('Not committed');
    case 'notPushed':
      return t('Not pushed');
    case 'elsewhere':
      return t('Another version on the default branch');
    default:
      return undefined;
  }
}

async function ask(title: string, prompt: string, value: string, onChange: (value: string) => void): Promise<void> {
  await askText({ title, prompt, placeholder: '', value, canGoBack: true, onChange });
}
