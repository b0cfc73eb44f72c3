import * as vscode from 'vscode';
import { skillFields } from '../model/skillFields';
import type { SkillFinding } from '../model/skillRules';
import { skillFileName } from '../model/skillSpec';
import { plain } from '../platform/plainText';
import { skillProblemWords } from '../platform/skillProblemWords';

/** What is wrong and, where it is not plain to see, what comes of it. */
export function findingWords({ kind, field = '' }: SkillFinding): string {
  const { t } = vscode.l10n;
  const name = plain(field, 60);
  const most = skillFields.find((one) => one.name === field)?.maxLength ?? 0;
  switch (kind) {
    case 'noFrontMatter':
      return t('There is no front matter. It names the skill and says when to use it.');
    case 'notClosed':
      return t('The front matter has no closing line of three dashes, so it is taken for instructions.');
    case 'badYaml':
    case 'noInstructions':
      return t('This skill cannot be run: {0}', skillProblemWords({ kind }));
    case 'notAMapping':
      return t('The front matter is no list of names and values, so nothing of it is read.');
    case 'longFrontMatter':
      return t('The front matter is too long to be checked.');
    case 'noName':
      return t('The skill has no name. The name of its folder is taken.');
    case 'badName':
      return t(
        'A name has lower-case letters, digits and single hyphens between them, and at most {0} characters.',
        most,
      );
    case 'nameUnlikeFolder':
      return t('The name is another one than that of the folder.');
    case 'noDescription':
    case 'emptyDescription':
      return t('The skill has no description, by which an agent knows when to use it. The first paragraph is taken.');
    case 'longDescription':
    case 'longCompatibility':
      return t('{0} has more than {1} characters.', name, most.toLocaleString(vscode.env.language));
    case 'wrongType':
      return field === 'metadata'
        ? t('{0} holds names and values, and every value is a text.', name)
        : t('The value of {0} is no text, so it is not read.', name);
    case 'unknownField':
      return t('{0} is no field of a skill. Fields of your own belong in metadata.', name);
    case 'badFileName':
      return t('The file of a skill is called {0}.', skillFileName);
    case 'notInSkillFolder':
      return t('Agents do not find a skill here by themselves. It can be run from here, though.');
  }
}
