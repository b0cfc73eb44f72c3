import type { FormMember } from '../model/scheduleChange';
import type { ScheduleFields } from '../model/scheduleFields';
import { compareActs } from './actCommands';
import type { TableRow } from './protocol';
import type { ScheduleWords } from './scheduleWords';
import type { Wording } from './wording';
import { visibleText } from '../platform/plainText';

const mostShown = 400;

/** A member of a form as people call it. */
export function memberName(member: FormMember, { t }: ScheduleWords): string {
  const names: Partial<Record<string, string>> = {
    name: t('Name'),
    cron: t('Times'),
    prompt: t('Prompt'),
    skill: t('Skill'),
    environment: t('Environment'),
    model: t('Model'),
    enabled: t('Enabled'),
    'config.name': t('Name of the Runs'),
    'config.base_prompt': t('Base Prompt'),
    'config.mcp_servers': t('MCP Servers'),
    'config.computer_use_enabled': t('Computer Use'),
    'config.idle_timeout_minutes': t('Idle Timeout'),
    'config.worker_host': t('Worker Host'),
    'config.harness': t('Harness'),
    'config.harness_auth_secrets': t('Name of the Harness’s Secret'),
    'config.session_sharing': t('Session Sharing'),
    'newer.agent_uid': t('Identity'),
    'newer.mode': t('Mode'),
    'newer.metadata': t('Metadata'),
  };
  return names[member] ?? visibleText(member.replace(/^\w+\./, '').slice(0, 80));
}

/** Both values of a member beside its name. */
export function rowOf(member: FormMember, left: unknown, right: unknown, { fields, words }: Wording): TableRow {
  const compare = compareActs[member];
  return {
    ...(compare && {
      act: { name: compare, label: words.t('Compare…'), title: words.t('Both texts, with what differs') },
    }),
    member: memberName(member, words),
    left: memberValue(member, left, fields, words),
    right: memberValue(member, right, fields, words),
  };
}

/** A value of a member; what may hold secrets is named only. */
export function memberValue(member: FormMember, value: unknown, fields: ScheduleFields, { t }: ScheduleWords): string {
  if (value === undefined || value === null || value === '') {
    return t('none');
  }
  if (typeof value === 'boolean') {
    return value ? t('yes') : t('no');
  }
  if (typeof value === 'string') {
    const named =
      member === 'environment'
        ? fields.environment(value, undefined)
        : member === 'model'
          ? fields.model(value)
          : member === 'newer.agent_uid'
            ? fields.identity(value)
            : undefined;
    return named?.name ?? cut(value);
  }
  if (typeof value === 'object' && member === 'config.mcp_servers') {
    return cut(Object.keys(value).join(', '));
  }
  return cut(JSON.stringify(value));
}

function cut(text: string): string {
  return visibleText(text.length > mostShown ? `${text.slice(0, mostShown)}…` : text);
}
