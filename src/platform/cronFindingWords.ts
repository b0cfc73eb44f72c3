import * as vscode from 'vscode';
import { type CronFinding, maxCronLength, tidyCron } from '../model/cronCheck';
import { cronFields } from '../model/cronValue';
import { plain } from './plainText';

/** What is wrong with a cron expression, in a sentence or two, beside `withInstead`; `expression` is the one that was checked. */
export function cronFindingWords(finding: CronFinding, expression: string): string {
  const { t } = vscode.l10n;
  const text = plain(expression.slice(finding.start, finding.end), 40);
  const better = withInstead(finding, expression);
  switch (finding.kind) {
    case 'notFive':
      return finding.count === 1
        ? t('Five fields are needed, as in 0 9 * * 1-5: this is 1.')
        : t('Five fields are needed, as in 0 9 * * 1-5: these are {0}.', finding.count);
    case 'sixFields':
      return t('Five fields are needed, without seconds and without a year: these are 6.');
    case 'zone':
      return t('The times are in UTC: no time zone can be given. Without “{0}”, write the hour in UTC.', text.trim());
    case 'macro':
      return t('“{0}” is a name that only some programs know: five fields are needed.', text);
    case 'tooLong':
      return t('That is too long: at most {0} characters.', maxCronLength);
    case 'badValue':
      return t('{0} cannot be “{1}”: it is {2}, or *.', fieldWords(finding.field), text, allowedWords(finding.field));
    case 'outOfRange':
      return t('{0} cannot be {1}: it is {2}.', fieldWords(finding.field), text, allowedWords(finding.field));
    case 'badStep':
      return (
        t('{0}: “{1}” is no step.', fieldWords(finding.field), text) +
        (better === undefined
          ? ` ${t('It is a whole number from 1 to {0}, behind * or a range.', cronFields[finding.field]?.most ?? 0)}`
          : '')
      );
    case 'reversedRange':
      return t('{0}: the range {1} ends before it begins.', fieldWords(finding.field), text);
    case 'otherDialect':
      return t('{0}: “{1}” is not supported by Oz.', fieldWords(finding.field), text);
    case 'neverMatches':
      return t('There is no such day: this would never run.');
  }
}

/** The whole expression with what is wrong replaced; undefined where nothing is known to be meant. */
export function withInstead({ start, end, instead }: CronFinding, expression: string): string | undefined {
  return instead === undefined
    ? undefined
    : plain(tidyCron(expression.slice(0, start) + instead + expression.slice(end)), maxCronLength);
}

function allowedWords(index: number): string {
  const { least = 0, most = 0, names = [] } = cronFields[index] ?? {};
  const { t } = vscode.l10n;
  return names.length > 0
    ? t('{0} to {1}, or {2} to {3}', least, most, names[0] ?? '', names.at(-1) ?? '')
    : t('{0} to {1}', least, most);
}

function fieldWords(index: number): string {
  const { t } = vscode.l10n;
  return (
    [t('The minute'), t('The hour'), t('The day of the month'), t('The month'), t('The day of the week')][index] ?? ''
  );
}
