import * as vscode from 'vscode';
import { product } from '../../product';
import { askText } from '../askText';
import { choiceOption, type OptionKind, textOption } from './optionKind';

export function nameOption(): OptionKind {
  const { t } = vscode.l10n;
  return textOption({
    name: 'name',
    icon: 'bookmark',
    label: t('Name'),
    prompt: t('A label to group and filter runs by, unlike the title, which is one run’s own.'),
    placeholder: t('For example: nightly-tests'),
  });
}

export function ownerOption(): OptionKind {
  const { t } = vscode.l10n;
  return choiceOption({
    name: 'team',
    icon: 'organization',
    label: t('Owner'),
    placeholder: t('Whose run is it?'),
    offered: [
      {
        value: undefined,
        label: t('Default'),
        detail: t('{0} decides: the team, if you are in only one.', product.service),
      },
      { value: true, label: t('Team'), detail: t('The team sees it and pays for it.') },
      { value: false, label: t('Personal'), detail: t('It is yours alone.') },
    ],
  });
}

export function computerUseOption(): OptionKind {
  const { t } = vscode.l10n;
  return choiceOption({
    name: 'computerUse',
    icon: 'device-desktop',
    label: t('Computer Use'),
    placeholder: t('May the agent use a screen, a mouse and a keyboard?'),
    offered: [
      { value: undefined, label: t('Default'), detail: t('{0} decides.', product.service) },
      { value: true, label: t('On') },
      { value: false, label: t('Off') },
    ],
  });
}

export function sharingOption(): OptionKind {
  const { t } = vscode.l10n;
  return choiceOption({
    name: 'sharing',
    icon: 'broadcast',
    label: t('Session Sharing'),
    placeholder: t('May whoever has the link and is signed in view the session?'),
    offered: [
      { value: undefined, label: t('Nobody'), detail: t('Only those who may see the run anyway.') },
      { value: 'VIEWER', label: t('View') },
      { value: 'EDITOR', label: t('Take Part'), detail: t('They can tell the agent what to do.') },
    ],
  });
}

export function interactiveOption(): OptionKind {
  const { t } = vscode.l10n;
  return choiceOption({
    name: 'interactive',
    icon: 'comment-discussion',
    label: t('Interactive'),
    placeholder: t('Does the agent work together with a person?'),
    offered: [
      { value: undefined, label: t('Default'), detail: t('No: it works by itself.') },
      { value: true, label: t('Yes') },
      { value: false, label: t('No') },
    ],
  });
}

export function workerHostOption(): OptionKind {
  const { t } = vscode.l10n;
  return textOption({
    name: 'workerHost',
    icon: 'server',
    label: t('Worker Host'),
    prompt: t('The name of a worker that you host yourself. Leave it empty for one of {0}’s.', product.service),
    placeholder: t('For example: build-machine-1'),
  });
}

/** In minutes. */
const shortestIdle = 1;
const longestIdle = 60;

export function idleTimeoutOption(): OptionKind {
  const { t } = vscode.l10n;
  const label = t('Idle Timeout');
  const minutesIn = (text: string): number | undefined => {
    const minutes = /^\d{1,3}$/.test(text.trim()) ? Number(text) : undefined;
    return minutes !== undefined && minutes >= shortestIdle && minutes <= longestIdle ? minutes : undefined;
  };
  return {
    name: 'idleTimeoutMinutes',
    icon: 'watch',
    label,
    value: ({ idleTimeoutMinutes: minutes }) =>
      minutes === undefined ? undefined : minutes === 1 ? t('1 minute') : t('{0} minutes', minutes),
    ask: async (options) => {
      await askText({
        title: label,
        prompt: t('Minutes that the machine stays up after the work. Leave it empty for the default.'),
        placeholder: t('{0} to {1}', shortestIdle, longestIdle),
        value: options.all.idleTimeoutMinutes?.toString() ?? '',
        canGoBack: true,
        complaint: (text) =>
          text === '' || minutesIn(text) !== undefined
            ? undefined
            : t('Type a whole number of minutes from {0} to {1}.', shortestIdle, longestIdle),
        onChange: (text) => {
          if (text.trim() === '' || minutesIn(text) !== undefined) {
            options.set('idleTimeoutMinutes', minutesIn(text));
          }
        },
      });
    },
  };
}
