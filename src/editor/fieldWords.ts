import * as vscode from 'vscode';

/** What a field of the front matter is for, and the rule for it; undefined for a name that is none. */
export function fieldWords(name: string): string | undefined {
  const { t } = vscode.l10n;
  switch (name) {
    case 'name':
      return t(
        'What the skill is called. The same as its folder: lower-case letters, digits and single hyphens between them, at most 64 characters.',
      );
    case 'description':
      return t(
        'What the skill does and when an agent should use it. It is all that an agent reads before it decides, so name the words that a task would have. At most 1,024 characters; lists of skills show the first 512.',
      );
    case 'license':
      return t('The license of the skill: its short name, or the name of a file beside this one.');
    case 'compatibility':
      return t('What the skill needs around it, such as programs or network access. At most 500 characters.');
    case 'metadata':
      return t('Names and values of your own, such as an author or a version. Every value is a text.');
    case 'allowed-tools':
      return t('The tools that the skill may use without asking, with spaces between them. Not every agent heeds it.');
    default:
      return undefined;
  }
}
