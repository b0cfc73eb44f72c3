import type { ChangeForm, ScheduleFields } from '../model/scheduleFields';
import type { FormMember } from '../model/scheduleChange';
import type { ScheduleForm } from '../model/scheduleForm';
import { commonCommands, heldActs, scheduleCommands } from './actCommands';
import { comparedTexts } from './comparedTexts';
import type { FormDraft } from './formDraft';
import type { PageHost, SchedulesRead } from './pageHost';
import type { ActName, FormPart } from './protocol';
import type { ScheduleWords } from './scheduleWords';

/** What a page of a form can do. */
export interface ActingPage {
  draft: FormDraft;
  host: PageHost;
  fields: ScheduleFields;
  store: Pick<SchedulesRead, 'refresh'>;
  words: ScheduleWords;
  /** True once the service has all of it. */
  save: () => Promise<boolean>;
  toggleChanges: () => void;
  /** Has the person pick a value, and brings them to its field then. */
  ask: (how: (change: (how: ChangeForm) => void, form: ScheduleForm) => Promise<void>, part?: FormPart) => void;
}

type Acts = Partial<Record<ActName, (page: ActingPage) => void>>;

/** What a person can have done with a form. What is not here is a command. */
const acts: Acts = {
  save: ({ host, save }) => {
    host.attempt(save);
  },
  createAgain: ({ draft, host, save }) => {
    draft.becomeNew();
    host.attempt(save);
  },
  runNow: (page) => {
    page.host.attempt(() => runNow(page));
  },
  stopSaving: ({ draft }) => {
    draft.saving.stop();
  },
  saveAnyway: ({ draft }) => {
    draft.saving.answer([]);
  },
  chooseServers: ({ draft, ask, fields }) => {
    draft.saving.answer(null);
    ask((change, form) => fields.askServers(form, change));
  },
  discard,
  revert: ({ draft }) => {
    draft.act('revert');
  },
  takeTheirs: ({ draft }) => {
    draft.act('takeTheirs');
  },
  keepMine: ({ draft }) => {
    draft.act('keepMine');
  },
  undo: ({ draft }) => {
    draft.act('undo');
  },
  dismiss: ({ draft }) => {
    draft.dismiss();
  },
  moveHere: ({ draft }) => {
    draft.moveHere();
  },
  showOther: ({ draft }) => {
    draft.showOther();
  },
  showChanges: ({ toggleChanges }) => {
    toggleChanges();
  },
  chooseSkill: ({ ask, fields }) => {
    ask((change) => fields.askSkill(change), 'skill');
  },
  dropSkill: ({ draft }) => {
    draft.change((form) => ({ ...form, skill: undefined }));
  },
  openSkill: ({ ask, host }) => {
    ask(async (_, { skill }) => {
      await (skill && host.execute('agentRuns.openSkill', { spec: skill }));
    });
  },
  changeEnvironment: ({ ask, fields }) => {
    ask((change, form) => fields.askEnvironment(form, change), 'environment');
  },
  changeModel: ({ ask, fields }) => {
    ask((change, form) => fields.askModel(form, change), 'model');
  },
  changePrompt: ({ host }) => {
    host.post({ type: 'focus', part: 'prompt' });
  },
  reload: ({ host, store }) => {
    host.attempt(() => store.refresh({ isAsked: true }));
  },
  delete: (page) => {
    page.host.attempt(async () => {
      await execute(page, 'agentRuns.deleteSchedule');
      page.host.focus();
      if (page.draft.isAttended && page.draft.editing?.isGone) {
        close(page);
      }
    });
  },
  comparePrompt: (page) => {
    compare(page, 'prompt');
  },
  compareBasePrompt: (page) => {
    compare(page, 'config.base_prompt');
  },
};

export function actOn(page: ActingPage, name: ActName): void {
  // The page may not have heard yet that it is being saved.
  if (page.draft.saving.isSaving && heldActs.has(name)) {
    return;
  }
  const act = acts[name];
  const common = commonCommands[name];
  const ofSchedule = scheduleCommands[name];
  if (act) {
    act(page);
  } else if (common !== undefined) {
    page.host.attempt(() => page.host.execute(common));
  } else if (ofSchedule !== undefined) {
    page.host.attempt(() => execute(page, ofSchedule));
  }
}

/** A run costs, so it is asked which text it is for where there are two. */
async function runNow(page: ActingPage): Promise<void> {
  const { draft, host, save, words } = page;
  const { t } = words;
  if (draft.editing?.isDirty) {
    const saveFirst = t('Save and Run');
    const detail = t('The run can be of what is written here, or of the schedule as it was saved last.');
    const asSaved = t('Run the Saved One');
    const answer = await host.choose(t('There are changes that are not saved.'), detail, [saveFirst, asSaved]);
    if (answer === undefined || (answer === saveFirst && !(await save()))) {
      return;
    }
  }
  await execute(page, 'agentRuns.runScheduleNow');
}

/** Gives up what is written, which can be undone. Of what is not there, nothing is left to be shown then. */
function discard(page: ActingPage): void {
  const { editing } = page.draft;
  if (!editing || (editing.isGone && !editing.isDirty)) {
    close(page);
  } else {
    page.draft.discard();
  }
}

function close({ draft, host }: ActingPage): void {
  draft.drop();
  host.close();
}

function compare({ draft, host, words }: ActingPage, member: FormMember): void {
  const texts = comparedTexts(draft, member, words);
  if (texts) {
    host.attempt(() => host.compare(texts));
  }
}

async function execute({ draft, host }: ActingPage, command: string): Promise<void> {
  const scheduleId = draft.editing?.base?.id;
  if (scheduleId !== undefined) {
    await host.execute(command, { scheduleId });
  }
}
