import * as vscode from 'vscode';
import { sizeOf } from '../../model/attachment';
import type { LaunchRequest } from '../../oz/types';
import { plain } from '../../platform/plainText';
import { sizeWord } from '../../platform/words';
import { chooseAttachments } from '../attachments';
import { chooseOne, type OptionKind } from './optionKind';

export function attachmentsOption(): OptionKind {
  const { t } = vscode.l10n;
  return {
    name: 'attachments',
    icon: 'attach',
    label: t('Attachments'),
    value: ({ attachments = [] }) => {
      const names = plain(attachments.map(({ name }) => name).join(', '), 80);
      return attachments.length === 0 ? undefined : `${names} · ${sizeWord(sizeOf(attachments))}`;
    },
    ask: async (options) => {
      const attachments = await chooseAttachments(options.all.attachments ?? []);
      options.set('attachments', attachments.length > 0 ? attachments : undefined);
    },
  };
}

/** Those of the launch that this one is like: their files may be gone, their bytes are not. */
export function keptAttachmentsOption(attachments: NonNullable<LaunchRequest['attachments']>): OptionKind {
  const { t } = vscode.l10n;
  const label = t('Attachments as Before');
  const names = plain(attachments.map(({ file_name: name }) => name).join(', '), 80);
  return {
    name: 'keptAttachments',
    icon: 'attach',
    label,
    value: ({ keptAttachments }) => keptAttachments && names,
    ask: async (options) => {
      const offered = [
        { value: true as const, label: t('Send Them'), detail: names },
        { value: undefined, label: t('Leave Them Out') },
      ];
      const chosen = await chooseOne(label, t('Files of the earlier launch'), offered, options.all.keptAttachments);
      if (chosen) {
        options.set('keptAttachments', chosen.value);
      }
    },
  };
}
