import * as vscode from 'vscode';
import { plain } from '../../platform/plainText';
import { runTitle } from '../../platform/words';
import { type KnownRuns, whichRun } from '../pickRun';
import { chooseOne, type OptionKind } from './optionKind';

export function parentRunOption(runs: KnownRuns): OptionKind {
  const { t } = vscode.l10n;
  const label = t('Parent Run');
  const placeholder = t('Which run does the new one belong to?');
  return {
    name: 'parentRun',
    icon: 'type-hierarchy-super',
    label,
    value: ({ parentRun }) => parentRun && plain(parentRun.name, 80),
    ask: async (options) => {
      const { parentRun: current } = options.all;
      const offered = [
        { value: 'another', label: t('Another Run…') },
        { value: 'none', label: t('None'), detail: t('It belongs to no other run.') },
      ];
      const way = current ? await chooseOne(label, placeholder, offered, undefined) : offered[0];
      if (way?.value === 'none') {
        options.set('parentRun', undefined);
      }
      const id = way?.value === 'another' ? await whichRun(runs, undefined, placeholder) : undefined;
      const run = id === undefined ? undefined : runs.get(id);
      if (run) {
        options.set('parentRun', { id: run.run_id, name: runTitle(run, 80) });
      }
    },
  };
}
