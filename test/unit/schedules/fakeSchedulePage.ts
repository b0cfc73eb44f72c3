import { Emitter } from '../../../src/model/emitter';
import { PersonsZone } from '../../../src/model/personsZone';
import type { ScheduleForm } from '../../../src/model/scheduleForm';
import { ScheduleHealths } from '../../../src/model/scheduleHealths';
import { ScheduleStore } from '../../../src/model/scheduleStore';
import { ApiProblem } from '../../../src/oz/problems';
import { wholeScheduleFrom } from '../../../src/oz/shape';
import type { Run, Schedule, ScheduleRequest, ScheduleUpdate, WholeSchedule } from '../../../src/oz/types';
import { PageLoading } from '../../../src/platform/pageLoading';
import type { PageAbout } from '../../../src/schedule/about';
import type { ComparedTexts } from '../../../src/schedule/comparedTexts';
import { leftWords } from '../../../src/schedule/endWords';
import { FormDrafts, type FormDraftsDeps } from '../../../src/schedule/formDrafts';
import { KeptForms } from '../../../src/schedule/keptForms';
import type { PageHost, PanelPage } from '../../../src/schedule/pageHost';
import type { FromPage, FormView, ToPage, WeekView } from '../../../src/schedule/protocol';
import type { FormTarget } from '../../../src/model/scheduleForm';
import type { ChangeForm, ScheduleFields } from '../../../src/model/scheduleFields';
import { SchedulePage } from '../../../src/schedule/schedulePage';
import type { SavingEnd } from '../../../src/schedule/scheduleSaving';
import type { ScheduleWords } from '../../../src/schedule/scheduleWords';
import { WeekPage } from '../../../src/schedule/weekPage';
import { FakeClock, settle } from '../fakeClock';
import { FakeFocus } from '../model/fakeFocus';
import { FakeMemento } from '../model/fakeMemento';
import { FakeSchedules } from '../model/fakeSchedules';

export const files = { style: '.a{}', script: "let end = '</script><!--';", language: 'en' };

/** Words by which a test tells what is said. */
export const words: ScheduleWords = {
  t: (message, ...values) => message.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)])),
  language: 'en',
  problemWords: ({ kind }) => `<${kind}>`,
  cronInWords: (expression) => `in words: ${expression}`,
  cronFindingWords: ({ kind }) => `<${kind}>`,
  withInstead: ({ instead }, expression) => (instead === undefined ? undefined : `fixed ${expression}`),
};

/** A service whose schedules can be changed, also behind the page's back. */
export class Service extends FakeSchedules {
  /** What was sent to be changed, oldest first. */
  readonly sent: (ScheduleRequest | ScheduleUpdate)[] = [];
  /** Thrown instead of the next answers to a change, in turn; `after`: once it was done. */
  changeFailures: { problem: ApiProblem; after?: boolean }[] = [];
  /** What stays with each schedule that is changed. */
  keep: Partial<Schedule> = {};
  #changes = 0;

  getWholeSchedule(id: string): Promise<WholeSchedule> {
    const raw = this.schedules.find((one) => one.id === id);
    return raw
      ? Promise.resolve(wholeScheduleFrom(raw))
      : Promise.reject(new ApiProblem({ kind: 'notFound', message: '' }));
  }

  async updateSchedule(id: string, body: ScheduleUpdate): Promise<Schedule> {
    const { schedule } = await this.getWholeSchedule(id);
    const { created_at, updated_at } = schedule;
    const known = { id, created_at, updated_at, ...this.keep };
    return this.#answer(body, () => this.put({ ...known, ...body, prompt: body.prompt ?? '' }));
  }

  createSchedule(body: ScheduleRequest): Promise<Schedule> {
    const made = { id: `new-${this.schedules.length}`, prompt: '', enabled: true, created_at: '2026-11-22T12:00:00Z' };
    return this.#answer(body, () => this.put({ ...made, ...body, updated_at: '' }));
  }

  /** Changes a schedule as somebody else does. */
  put(schedule: Schedule): Schedule {
    this.#changes += 1;
    const changed = { ...schedule, updated_at: new Date(Date.UTC(2026, 10, 22, 12, this.#changes)).toISOString() };
    this.schedules = [...this.schedules.filter(({ id }) => id !== schedule.id), changed];
    return changed;
  }

  #answer(body: ScheduleRequest | ScheduleUpdate, act: () => Schedule): Promise<Schedule> {
    this.sent.push(body);
    const failure = this.changeFailures.shift();
    const schedule = failure && !failure.after ? undefined : act();
    return failure || !schedule ? Promise.reject(failure?.problem ?? new Error()) : Promise.resolve(schedule);
  }
}

/** Fields that answer at once with what a test says. */
export class Fields implements ScheduleFields {
  readonly changed = new Emitter<undefined>();
  readonly onDidChange = this.changed.event;
  answer: ChangeForm = (form) => form;
  asked: string[] = [];
  isDisposed = false;

  environment = (id: string | undefined): { name: string; warnings: string[] } => ({ name: `E ${id}`, warnings: [] });
  model = (id: string | undefined): { name: string; warnings: string[] } => ({ name: `M ${id}`, warnings: [] });
  identity = (uid: string): { name: string; warnings: string[] } => ({ name: `I ${uid}`, warnings: [] });
  skill = (spec: string): { name: string; warnings: string[] } => ({ name: spec, warnings: [] });
  options = ({ config }: ScheduleForm): { label: string; value: string; warning: string }[] => [
    { label: 'Worker Host', value: config.worker_host ?? '', warning: '' },
  ];
  askEnvironment = (_: ScheduleForm, change: (how: ChangeForm) => void): Promise<void> =>
    this.#ask('environment', change);
  askModel = (_: ScheduleForm, change: (how: ChangeForm) => void): Promise<void> => this.#ask('model', change);
  askSkill = (change: (how: ChangeForm) => void): Promise<void> => this.#ask('skill', change);
  askServers = (_: ScheduleForm, change: (how: ChangeForm) => void): Promise<void> => this.#ask('servers', change);
  askOption = (item: number, _: ScheduleForm, change: (how: ChangeForm) => void): Promise<void> =>
    this.#ask(`option ${item}`, change);
  dispose(): void {
    this.isDisposed = true;
  }

  #ask(what: string, change: (how: ChangeForm) => void): Promise<void> {
    this.asked.push(what);
    change(this.answer);
    return Promise.resolve();
  }
}

/** The account of a window. */
class Account {
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;
  id: string | undefined = 'one';

  set(id: string | undefined): void {
    this.id = id;
    this.#changed.fire(undefined);
  }
}

type WindowClient = ConstructorParameters<typeof ScheduleStore>[0] & FormDraftsDeps['client'];

/** What several pages of one window share, with a service of any kind. */
export class WindowOf {
  readonly store: ScheduleStore;
  /** What the list of runs knows. */
  readonly runs = new Map<string, Run>();
  readonly healths: ScheduleHealths;
  readonly account = new Account();
  readonly zone = new PersonsZone({ memento: new FakeMemento(), language: 'en', host: 'UTC', isElsewhere: false });
  /** Ends of saves that nobody was there for. */
  readonly ends: { title: string; kind: SavingEnd['kind'] }[] = [];
  /** Titles of what asks something while its page is not in sight. */
  readonly asking: string[] = [];
  /** Names of those that the service answered to have made. */
  readonly created: string[] = [];
  /** What was said of changes whose page was closed. */
  readonly left: string[] = [];
  readonly drafts: FormDrafts;

  /** @param memento what the window before kept */
  constructor(
    client: WindowClient,
    readonly memento: FakeMemento,
    readonly clock: FakeClock,
  ) {
    this.store = new ScheduleStore(client, clock);
    this.healths = new ScheduleHealths(this.store, this.runs);
    this.drafts = new FormDrafts({
      ...{ client, clock, store: this.store, account: this.account },
      kept: new KeptForms(memento),
      created: ({ name }) => this.created.push(name),
      left: (draft) => this.left.push(leftWords(draft, words)),
      asks: ({ editing }) => this.asking.push(editing?.form.name ?? ''),
      ended: ({ editing }, { kind }) => this.ends.push({ title: editing?.form.name ?? '', kind }),
    });
  }
}

/** A window whose service the test holds. */
export class Window extends WindowOf {
  constructor(
    schedules: Schedule[] = [],
    memento = new FakeMemento(),
    readonly service = new Service(),
  ) {
    super(service, memento, new FakeClock());
    service.schedules = schedules;
  }

  /** Another key is in use, with which the service has these schedules. */
  async changeAccount(id: string, schedules: Schedule[]): Promise<void> {
    this.account.set(undefined);
    this.service.schedules = schedules;
    this.store.reset();
    this.account.set(id);
    await this.store.refresh();
    await settle();
  }
}

/** A page that hears all and forgets nothing, around the host's half under test. */
export class Panel<W extends WindowOf = Window> implements PageHost {
  readonly fields = new Fields();
  readonly page: PanelPage;
  posted: ToPage[] = [];
  did: unknown[][] = [];
  compared: ComparedTexts[] = [];
  errors: unknown[] = [];
  html = '';
  title = '';
  about: PageAbout | undefined;
  isClosed = false;
  /** The place of the answer that a person picks next. */
  chosen = -1;
  questions = 0;
  /** How often the page was given the focus again. */
  returns = 0;
  readonly loading: PageLoading;

  constructor(
    readonly window: W,
    target?: FormTarget,
  ) {
    const { clock, store, healths, drafts, memento, zone } = window;
    const load = (): void => {
      this.html = this.page.html(files, 'N0NCE');
    };
    const gaveUp = (): void => {
      this.did.push(['gaveUp']);
    };
    this.loading = new PageLoading({ load, gaveUp }, clock);
    const common = { host: this, clock, store, words, zone, focus: new FakeFocus() };
    this.page = target
      ? new SchedulePage(target, { ...common, healths, drafts, fields: this.fields })
      : new WeekPage({ ...common, healths, memento });
  }

  /** Loads the page, which then says that it is there. */
  async open(zone = 'Europe/Berlin'): Promise<this> {
    await this.load();
    this.send({ type: 'ready', zone });
    return this;
  }

  /** Loads the page, which has said nothing yet. */
  async load(): Promise<void> {
    this.setVisible(true);
    await settle();
    this.loading.load();
  }

  setVisible(visible: boolean): void {
    this.page.setVisible(visible);
    this.loading.setVisible(visible);
  }

  send(message: FromPage): void {
    this.page.receive(message);
  }

  /** Types a text in the turn of the last texts. */
  type(field: 'name' | 'prompt' | 'cron', text: string): void {
    this.send({ type: 'text', field, text, turn: this.turn });
  }

  async act(name: Extract<FromPage, { type: 'act' }>['name']): Promise<void> {
    this.send({ type: 'act', name });
    await settle();
  }

  get turn(): number {
    const started = /"turn":(\d+)/.exec(this.html)?.[1];
    return this.#last('texts')?.turn ?? Number(started ?? 0);
  }

  get form(): FormView {
    return this.#last('form')?.view ?? this.#fail();
  }

  get week(): WeekView {
    return this.#last('week')?.view ?? this.#fail();
  }

  get acts(): string[] {
    return this.form.bars.flatMap(({ acts }) => acts.map(({ name }) => name));
  }

  /** What the fields of the page say, as far as the host set them. */
  get texts(): Extract<ToPage, { type: 'texts' }>['texts'] {
    return Object.assign({}, ...this.posted.filter((one) => one.type === 'texts').map(({ texts }) => texts)) as object;
  }

  #last<T extends ToPage['type']>(type: T): Extract<ToPage, { type: T }> | undefined {
    return this.posted.filter((one): one is Extract<ToPage, { type: T }> => one.type === type).at(-1);
  }

  #fail(): never {
    throw new Error('The page was shown nothing.');
  }

  post(message: ToPage): void {
    this.posted.push(message);
  }
  choose(...given: [string, string, readonly string[]]): Promise<string | undefined> {
    this.questions += 1;
    return Promise.resolve(given[2][this.chosen]);
  }
  compare(texts: ComparedTexts): Promise<void> {
    this.compared.push(texts);
    return Promise.resolve();
  }
  focus(): void {
    this.returns += 1;
  }
  execute(...given: unknown[]): Promise<void> {
    this.did.push(given);
    return Promise.resolve();
  }
  attempt(work: () => Promise<unknown>): void {
    work().catch((error: unknown) => {
      this.errors.push(error);
    });
  }
  setTitle(title: string): void {
    this.title = title;
  }
  became(about: PageAbout): void {
    this.about = about;
  }
  close(): void {
    this.isClosed = true;
    this.loading.dispose();
    this.page.dispose();
  }
}
