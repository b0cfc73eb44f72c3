import type { ChangeForm, ScheduleFields } from '../model/scheduleFields';
import type { ScheduleForm } from '../model/scheduleForm';
import { commonCommands, scheduleCommands } from './actCommands';
import type { FormDraft } from './formDraft';
import type { PageHost, SchedulesRead } from './pageHost';
import type { ActName } from './protocol';

/** What a page of a form can do. */
export interface ActingPage {
  draft: FormDraft;
  host: PageHost;
  fields: ScheduleFields;
  store: Pick<SchedulesRead, 'refresh'>;
  save: () => void;
  toggleChanges: () => void;
  /** Has the person pick a value. */
  ask: (how: (change: (how: ChangeForm) => void, form: ScheduleForm) => Promise<void>) => void;
}

type Acts = Partial<Record<ActName, (page: ActingPage) => void>>;

/** What a person can have done with a form. What is not here is a command. */
const acts: Acts = {
  save: ({ save }) => {
    save();
  },
  createAgain: ({ draft, save }) => {
    draft.becomeNew();
    save();
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
  showChanges: ({ toggleChanges }) => {
    toggleChanges();
  },
  chooseSkill: ({ ask, fields }) => {
    ask((change) => fields.askSkill(change));
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
    ask((change, form) => fields.askEnvironment(form, change));
  },
  changeModel: ({ ask, fields }) => {
    ask((change, form) => fields.askModel(form, change));
  },
  reload: ({ host, store }) => {
    host.attempt(() => store.refresh());
  },
  delete: (page) => {
    page.host.attempt(async () => {
      await execute(page, 'agentRuns.deleteSchedule');
      if (page.draft.isAttended && page.draft.editing?.isGone) {
        discard(page);
      }
    });
  },
};

export function actOn(page: ActingPage, name: ActName): void {
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

/** Of what is not there, nothing is left to be shown. */
function discard({ draft, host }: ActingPage): void {
  if (!draft.discard()) {
    host.close();
  }
}

async function execute({ draft, host }: ActingPage, command: string): Promise<void> {
  const scheduleId = draft.editing?.base?.id;
  if (scheduleId !== undefined) {
    await host.execute(command, { scheduleId });
  }
}
