import * as vscode from 'vscode';
import { type CloudCopy, type SkillTrouble, type SkillWay, skillWays } from '../model/cloudSight';
import { repositoryName } from '../model/skillSpec';
import { plain } from '../platform/plainText';
import type { Repository } from '../platform/repository';
import { back } from './askText';
import { chooseItem, type Item } from './chooseItem';
import { chooseRemote } from './chosenRemote';
import { troubleWords } from './cloudNotes';
import { push } from './pushBranch';

/** How far the cloud sees what is here. */
export interface Sighting {
  repository: Repository | undefined;
  trouble: SkillTrouble | undefined;
  copy: CloudCopy;
}

export interface WayQuestion {
  memento: vscode.Memento;
  /** What is to be launched. */
  title: string;
  look: () => Promise<Sighting>;
  /** What is said of sending the text. */
  text: { label: string; detail: string };
  /** The service reads it where a fresh clone starts: a push to another branch alone changes nothing. */
  isReadFromClone: boolean;
}

export interface Decision {
  way: SkillWay;
  sighting: Sighting;
}

type Row = SkillWay | 'remote';

/** How something is launched, which a person is asked only where the cloud would not see what is here. */
export async function decideWay(question: WayQuestion): Promise<Decision | undefined> {
  const { t } = vscode.l10n;
  const { memento, title } = question;
  let pushedCommit: string | undefined;
  for (;;) {
    const sighting = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: t('Comparing with GitHub…') },
      question.look,
    );
    const { repository, trouble } = sighting;
    // In a clone of a single branch, Git does not take note of the other branches that it pushed.
    const isPushed = trouble === 'notPushed' && pushedCommit !== undefined && repository?.commit === pushedCommit;
    if (!trouble || isPushed) {
      return { way: 'pushed', sighting };
    }
    const picked = await chooseItem<Item>({
      // The placeholder goes away at the first key.
      title: troubleWords(trouble, repository),
      placeholder: t('{0}: how?', title),
      canGoBack: false,
      items: () => rows(question, sighting, trouble),
    });
    if (picked === undefined || picked === back) {
      return undefined;
    }
    switch (picked.id as Row) {
      case 'text':
      case 'pushed':
        return { way: picked.id as SkillWay, sighting };
      case 'push':
        if (await push(repository)) {
          pushedCommit = repository?.commit;
        }
        break;
      case 'remote':
        if (repository) {
          await chooseRemote(memento, repository);
        }
        break;
    }
  }
}

function rows(question: WayQuestion, { repository, copy }: Sighting, trouble: SkillTrouble): Item[] {
  const { t } = vscode.l10n;
  const ways = skillWays(repository, trouble, copy).filter((way) => way !== 'push' || repository?.push);
  const { gitHub, remote, otherRemotes = [] } = repository ?? {};
  const other: Item = {
    id: 'remote' satisfies Row,
    label: `$(repo-forked) ${t('Look at Another Remote…')}`,
    description: plain([gitHub && repositoryName(gitHub), remote].filter(Boolean).join(' · '), 120),
    detail: t('It may be a fork, or what this one was forked from.'),
  };
  return [...ways.map((way) => wayItem(way, question, repository)), ...(otherRemotes.length > 0 ? [other] : [])];
}

function wayItem(way: SkillWay, { text, isReadFromClone }: WayQuestion, repository: Repository | undefined): Item {
  const { t } = vscode.l10n;
  const { push: target, cloud, branch, upstream } = repository ?? {};
  switch (way) {
    case 'push': {
      const isElsewhere = isReadFromClone && cloud !== undefined && target?.branch !== cloud.branch;
      return {
        id: way,
        label: `$(cloud-upload) ${t('Push First')}`,
        description: plain(`${branch ?? ''} → ${target?.remote ?? ''}/${target?.branch ?? ''}`, 120),
        detail: isElsewhere
          ? t('It runs from a fresh clone, which has it once this is merged into {0}.', plain(cloud.branch, 60))
          : t('Then the agent sees it as it is here.'),
      };
    }
    case 'text':
      return { id: way, label: `$(note) ${text.label}`, detail: text.detail };
    case 'pushed': {
      const seen = cloud ?? { branch: upstream ?? '', commit: '' };
      return {
        id: way,
        label: `$(cloud) ${t('Run What Is Pushed')}`,
        description: plain([seen.branch, seen.commit.slice(0, 8)].filter(Boolean).join(' · '), 120),
        detail: t('What is only here is not part of it.'),
      };
    }
  }
}
