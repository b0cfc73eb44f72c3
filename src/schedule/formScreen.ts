import type { Clock } from '../oz/clock';
import { type PageFiles, pageShell } from '../platform/pageShell';
import type { PageAbout } from './about';
import { cronView } from './cronView';
import { type FormState, formView } from './formView';
import { formWords } from './formWords';
import type { PageHost } from './pageHost';
import type { CronView, FormPart, FormView, FromPage, PageStart } from './protocol';
import type { ScheduleFields } from '../model/scheduleFields';
import type { PersonsZone } from '../model/personsZone';
import type { ScheduleWords } from './scheduleWords';
import { ShownTexts } from './shownTexts';

export interface FormScreenDeps {
  host: Pick<PageHost, 'post'>;
  clock: Pick<Clock, 'now'>;
  fields: ScheduleFields;
  words: ScheduleWords;
  zone: Pick<PersonsZone, 'formats'>;
}

export type ShownState = Omit<FormState, 'cron'>;

/** What a form's page shows, and what it was told already. */
export class FormScreen {
  readonly #deps: FormScreenDeps;
  readonly #texts = new ShownTexts();
  /** Worked out once for each expression and minute. */
  #cron: { of: string; view: CronView } | undefined;
  /** What the bars said: others are news. */
  #said = new Set<string>();
  /** What the page shows, as it was posted. */
  #posted = '';

  constructor(deps: FormScreenDeps) {
    this.#deps = deps;
  }

  /** The page with all of it. */
  html(state: ShownState, about: PageAbout, files: PageFiles, nonce: string): string {
    const view = this.#view(state);
    this.#said = new Set(view.bars.map(({ words }) => words));
    const start: PageStart = {
      ...{ kind: 'form', about, words: formWords(this.#deps.words), view },
      ...this.#texts.all(state.editing?.form),
    };
    return pageShell({ title: view.title, start, body: '<div id="page"></div>' }, files, nonce);
  }

  /** The page begins with its HTML, and heard nothing since. */
  begin(): void {
    this.#texts.begin();
    this.#posted = '';
  }

  /** Tells the page what it is to show now, where that is another. */
  show(state: ShownState): void {
    const { host } = this.#deps;
    const view = this.#view(state);
    const texts = state.editing && this.#texts.toShow(state.editing.form);
    if (texts) {
      host.post(texts);
    }
    const shown = JSON.stringify(view);
    if (shown === this.#posted) {
      return;
    }
    this.#posted = shown;
    host.post({ type: 'form', view });
    const news = view.bars.map(({ words }) => words).filter((words) => !this.#said.has(words));
    this.#said = new Set(view.bars.map(({ words }) => words));
    if (news.length > 0) {
      host.post({ type: 'say', text: news.join(' ') });
    }
  }

  /** Takes note of what was typed, and answers what the text is with it; undefined where it is out of date. */
  heard({ field, text, turn }: Extract<FromPage, { type: 'text' }>): string | undefined {
    return this.#texts.heard(field, text, turn);
  }

  /** Brings the person to the first thing that is wrong. */
  focusOnProblem(state: ShownState): void {
    const { problems, cron } = this.#view(state);
    const parts = Object.keys(problems) as FormPart[];
    this.#deps.host.post({ type: 'focus', part: parts[0] ?? (cron.problems.length > 0 ? 'cron' : 'name') });
  }

  #view(state: ShownState): FormView {
    const { fields, clock, words, zone } = this.#deps;
    const wording = { fields, formats: zone.formats, now: clock.now(), words };
    return formView({ ...state, cron: this.#cronView(state) }, wording);
  }

  #cronView({ editing }: ShownState): CronView {
    const { clock, words } = this.#deps;
    const { formats } = this.#deps.zone;
    const cron = editing?.form.cron ?? '';
    const of = [cron, formats.zone, Math.floor(clock.now() / 60_000)].join('\n');
    this.#cron = this.#cron?.of === of ? this.#cron : { of, view: cronView(cron, clock.now(), formats, words) };
    return this.#cron.view;
  }
}
