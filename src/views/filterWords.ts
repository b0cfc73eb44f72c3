import * as vscode from 'vscode';
import type { RunFilter } from '../model/runFilter';
import { type ValueMember, valueWords } from '../platform/filterWords';
import { isKnownState } from '../platform/stateIcon';
import { stateWord } from '../platform/words';

const { t } = vscode.l10n;

/** More words than these would push the rest out of sight. */
const maxListed = 2;

/** Which runs a filter shows, in a few words: `mine · failed · “checkout”`. Empty for all. */
export function filterWords(filter: RunFilter): string {
  const { states = [], sources = [] } = filter;
  const value = (member: ValueMember): string => valueWords(filter, member, 40);
  return [
    filter.thisRepository ? t('this repository') : '',
    filter.mine ? t('mine') : '',
    value('creator'),
    states.length > maxListed ? t('{0} states', states.length) : states.map(stateInText).join(', '),
    sources.length > maxListed ? t('{0} sources', sources.length) : value('sources'),
    value('environment'),
    value('skill'),
    value('model'),
    value('schedule'),
    value('artifact'),
    value('created'),
    value('text'),
  ]
    .filter(Boolean)
    .join(' · ');
}

function stateInText(state: string): string {
  return isKnownState(state) ? stateWord(state).toLocaleLowerCase(vscode.env.language) : stateWord(state);
}
