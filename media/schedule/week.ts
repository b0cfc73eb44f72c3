import type { PageStart, WeekGroup, WeekRun, WeekView } from '../../src/schedule/protocol';
import { make } from '../elements/elements';
import { Bars } from './bars';
import { send } from './host';
import { stickyHeader } from './stickyHeader';
import { handleWeekKeys } from './weekKeys';

type Start = Extract<PageStart, { kind: 'week' }>;

/** Where seven columns have no room, the days stand below each other. */
const narrow = matchMedia('(max-width: 720px)');

/** The runs of seven days: days beside each other with their hours, or as a list. */
export class Week {
  readonly #words: Start['words'];
  readonly #summary = make('p', 'summary');
  readonly #bars: Bars;
  readonly #box = make('input');
  readonly #boxLabel = make('span');
  readonly #check: HTMLElement;
  readonly #calendar = make('div', 'calendar');
  #view: WeekView;
  #shown = '';

  constructor(place: HTMLElement, { words, view }: Start) {
    this.#words = words;
    this.#view = view;
    this.#box.type = 'checkbox';
    this.#box.addEventListener('change', () => {
      send({ type: 'showPaused', value: this.#box.checked });
    });
    this.#check = make('label', 'check', this.#box, this.#boxLabel);
    const bars = make('div', 'bars');
    this.#bars = new Bars(bars, '');
    const create = make('button', 'secondary', words.newSchedule);
    create.addEventListener('click', () => {
      send({ type: 'act', name: 'newSchedule' });
    });
    const titles = make('div', 'titles', make('h1', '', words.title), this.#summary);
    const head = make('div', 'head', titles, make('div', 'head-acts', this.#check, create));
    place.append(stickyHeader(head, bars), make('main', '', this.#calendar));
    document.body.classList.add('week');
    narrow.addEventListener('change', () => {
      this.#draw();
    });
    handleWeekKeys(this.#calendar);
    this.show(view);
  }

  show(view: WeekView): void {
    this.#view = view;
    this.#summary.textContent = view.summary;
    this.#bars.show(view.bars);
    this.#box.checked = view.showsPaused;
    this.#boxLabel.textContent = this.#words.showPaused.replace('{0}', String(view.paused));
    this.#check.hidden = view.paused === 0;
    const content = JSON.stringify([view.days, view.bands, view.hours, view.isBusy]);
    if (content !== this.#shown) {
      this.#shown = content;
      this.#draw();
    }
  }

  #draw(): void {
    const { activeElement } = document;
    const focused =
      activeElement instanceof HTMLElement && this.#calendar.contains(activeElement) ? activeElement : undefined;
    const { days, bands, isBusy } = this.#view;
    const isEmpty = bands.length === 0 && days.every(({ groups }) => groups.length === 0);
    this.#calendar.ariaBusy = String(isBusy);
    if (isEmpty) {
      this.#calendar.replaceChildren(...(isBusy ? [] : [make('p', 'nothing', this.#words.nothing)]));
    } else {
      this.#calendar.replaceChildren(...(narrow.matches ? this.#list() : [this.#table()]));
    }
    const runs = [...this.#calendar.querySelectorAll<HTMLElement>('.run')];
    const same = focused && runs.find(({ title }) => title === focused.title);
    const first = same ?? runs[0];
    if (first) {
      first.tabIndex = 0;
    }
    same?.focus();
  }

  #table(): HTMLElement {
    const { days, bands, hours, zone } = this.#view;
    const head = make(
      'tr',
      '',
      heading('col', this.#words.hour, 'hour', 'unseen'),
      ...days.map(({ name, long }, index) => {
        const cell = heading('col', name);
        cell.ariaCurrent = index === 0 ? 'date' : null;
        cell.abbr = long;
        cell.title = long;
        return cell;
      }),
    );
    const often = bands.map((band, index) => {
      const cell = make(
        'td',
        'band',
        this.#button(band, [make('span', 'name', band.name), make('span', 'words', band.words)], 0, index),
      );
      cell.colSpan = days.length;
      return make('tr', 'often', heading('row', this.#words.often), cell);
    });
    const rows = hours.map((name, hour) => {
      const cells = days.map(({ groups }, day) => {
        const inHour = groups.filter((group) => group.hour === hour);
        return make('td', '', ...(inHour.length > 0 ? [this.#groups(inHour, day, true)] : []));
      });
      const isEmpty = cells.every(({ childElementCount }) => childElementCount === 0);
      return make('tr', isEmpty ? 'empty' : '', heading('row', name), ...cells);
    });
    const caption = make('caption', 'unseen', `${this.#words.title} (${zone})`);
    return make('table', '', caption, make('thead', '', head), make('tbody', '', ...often, ...rows));
  }

  #list(): HTMLElement[] {
    const { days, bands } = this.#view;
    const often = make('ul', 'groups');
    often.append(
      ...bands.map((band, index) =>
        make(
          'li',
          'band',
          this.#button(band, [make('span', 'name', band.name), make('span', 'words', band.words)], 0, index),
        ),
      ),
    );
    return [
      ...(bands.length > 0 ? [make('section', '', make('h2', '', this.#words.often), often)] : []),
      ...days
        .map(({ long, groups }, day) => ({ groups, made: [make('h2', '', long), this.#groups(groups, day, false)] }))
        .filter(({ groups }) => groups.length > 0)
        .map(({ made }) => make('section', '', ...made)),
    ];
  }

  #groups(groups: readonly WeekGroup[], day: number, isTable: boolean): HTMLElement {
    const items = groups.map(({ collision, runs }) => {
      const marks = runs.map((run) => this.#run(run, day, isTable));
      return collision === ''
        ? make('li', '', ...marks)
        : make('li', 'collision', make('span', 'collision-words', collision), ...marks);
    });
    return make('ul', 'groups', ...items);
  }

  #run(run: WeekRun, day: number, isTable: boolean): HTMLElement {
    const time = make('span', 'time', isTable ? run.minute : run.time);
    time.ariaHidden = 'true';
    return this.#button(run, [time, make('span', 'name', run.name)], day);
  }

  #button(
    { item, name, label, isPaused }: Pick<WeekRun, 'item' | 'name' | 'label' | 'isPaused'>,
    children: HTMLElement[],
    day: number,
    band?: number,
  ): HTMLElement {
    const button = make('button', isPaused ? 'run paused' : 'run', ...children);
    // What is seen is short: the name, which comes first in it, is followed by the rest.
    button.append(make('span', 'unseen', label.slice(name.length)));
    button.title = label;
    button.tabIndex = -1;
    button.dataset.day = band === undefined ? String(day) : 'often';
    button.addEventListener('click', () => {
      send({ type: 'open', item });
    });
    return button;
  }
}

function heading(scope: 'col' | 'row', text: string, className = '', inner = ''): HTMLTableCellElement {
  const cell = make('th', className, ...(inner ? [make('span', inner, text)] : [text]));
  cell.scope = scope;
  return cell;
}
