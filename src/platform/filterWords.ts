import * as vscode from 'vscode';
import type { WordMember } from '../model/filterValues';
import type { RunFilter } from '../model/runFilter';
import { plain } from './plainText';
import { artifactWord, sourceWord, stateWord } from './words';

const { t } = vscode.l10n;

/** The members of a filter that have a value to choose. */
export type ValueMember = Exclude<keyof RunFilter, 'thisRepository' | 'mine'>;

/** What a member of the filter is set to; the empty string where it lets everything through. */
export function valueWords(filter: RunFilter, member: ValueMember, maxLength = 80): string {
  switch (member) {
    case 'text':
      return filter.text === undefined ? '' : t('“{0}”', plain(filter.text, maxLength));
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
      return plain(filter[member]?.name ?? '', maxLength);
  }
}

/** A word of the service in a person's words; one that is not known yet as the service wrote it. */
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

/** How old the runs may be that a filter lets through. */
export function createdWord(created: 'day' | 'week'): string {
  return created === 'day' ? t('last 24 hours') : t('last 7 days');
}
