import * as vscode from 'vscode';
import type { RunFilter } from '../model/runFilter';
import { plain } from '../platform/plainText';
import { isKnownState } from '../platform/stateIcon';
import { artifactWord, sourceWord, stateWord } from '../platform/words';

const { t } = vscode.l10n;

/** More words than these would push the rest out of sight. */
const maxListed = 2;

/** Which runs a filter shows, in a few words: `mine · failed · “checkout”`. Empty for all. */
export function filterWords(filter: RunFilter): string {
  const { states = [], sources = [], environment, skill, model, schedule, creator, artifact, created, text } = filter;
  return [
    filter.thisRepository ? t('this repository') : '',
    filter.mine ? t('mine') : '',
    name(creator?.name),
    states.length > maxListed ? t('{0} states', states.length) : states.map(stateInText).join(', '),
    sources.length > maxListed ? t('{0} sources', sources.length) : sources.map(sourceWord).join(', '),
    name(environment?.name),
    name(skill?.name),
    name(model?.name),
    name(schedule?.name),
    artifact === undefined ? '' : artifactWord(artifact),
    created === 'day' ? t('last 24 hours') : created === 'week' ? t('last 7 days') : '',
    text === undefined ? '' : t('“{0}”', name(text)),
  ]
    .filter(Boolean)
    .join(' · ');
}

function stateInText(state: string): string {
  return isKnownState(state) ? stateWord(state).toLocaleLowerCase(vscode.env.language) : stateWord(state);
}

function name(text = ''): string {
  return plain(text, 40);
}
