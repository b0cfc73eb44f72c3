import * as vscode from 'vscode';
import type { RunFilter } from '../model/runFilter';
import { plain } from '../platform/plainText';
import { artifactWord, sourceWord, stateWord } from '../platform/words';
import type { WordMember } from './filterValues';

const { t } = vscode.l10n;

/** The members of a filter that have a value to choose. */
export type ValueMember = Exclude<keyof RunFilter, 'thisRepository' | 'mine'>;

/** What a member of the filter is set to; the empty string where it lets everything through. */
export function valueWords(filter: RunFilter, member: ValueMember): string {
  switch (member) {
    case 'text':
      return filter.text === undefined ? '' : t('"{0}"', plain(filter.text, 60));
    case 'states':
    case 'sources':
      return (filter[member] ?? []).map((value) => wordFor(member, value)).join(', ');
    case 'artifact':
      return filter.artifact === undefined ? '' : wordFor(member, filter.artifact);
    case 'created':
      return filter.created === undefined ? '' : createdWord(filter.created);
    case 'environment':
    case 'skill':
    case 'model':
    case 'schedule':
    case 'creator':
      return plain(filter[member]?.name ?? '', 80);
  }
}

export function wordFor(member: WordMember, value: string): string {
  switch (member) {
    case 'states':
      return stateWord(value);
    case 'sources':
      return sourceWord(value);
    case 'artifact':
      return artifactWord(value);
  }
}

export function createdWord(created: 'day' | 'week'): string {
  return created === 'day' ? t('in the last 24 hours') : t('in the last 7 days');
}

/** How many of the runs that are known here; the service may have more. Nothing for none. */
export function loadedWord(count: number): string {
  return count === 0 ? '' : t('{0} loaded', count);
}
