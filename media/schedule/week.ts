import type { PageStart, WeekGroup, WeekMark, WeekRun, WeekView } from '../../src/schedule/protocol';
import { make } from '../elements/elements';
import { Bars } from './bars';
import { send } from './host';
import { stickyHeader } from './stickyHeader';
import { handleWeekKeys } from './weekKeys';

/** Runs that stand below each other; of more, the others are shown when they are asked for. */
const mostInGroup = 6;

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
  readonly #create: HTMLElement;
  readonly #calendar = make('div', 'calendar');
  /** Groups whose runs are all shown. */
  readonly #opened = new Set<string>();
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
    this.#create = make('button', 'secondary', words.newSchedule);
    this.#create.addEventListener('click', () => {
      send({ type: 'act', name: 'newSchedule' });
    });
    const titles = make('div', 'titles', make('h1', '', words.title), this.#summary);
    const head = make('div', 'head', titles, make('div', 'head-acts', this.#check, this.#create));
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
    const current = this.#calendar.querySelector<HTMLElement>('.run[tabindex="0"]');
    const hadFocus = this.#calendar.contains(document.activeElement);
    const { days, bands, isBusy } = this.#view;
    const isEmpty = bands.length === 0 && days.every(({ groups }) => groups.length === 0);
    this.#calendar.ariaBusy = String(isBusy);
    if (isEmpty) {
      this.#calendar.replaceChildren(...(isBusy ? [] : [make('p', 'nothing', this.#words.nothing)]));
    } else {
      this.#calendar.replaceChildren(...(narrow.matches ? this.#list() : [this.#table()]));
    }
    const runs = [...this.#calendar.querySelectorAll<HTMLElement>('.run')];
    const next = (current && sameOrNearest(runs, current)) ?? soonest(runs);
    if (next) {
      next.tabIndex = 0;
    }
    if (hadFocus) {
      (next ?? this.#create).focus();
    }
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
    const often = bands.map((band) => {
      const cell = make('td', 'band', this.#band(band));
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
    often.append(...bands.map((band) => make('li', 'band', this.#band(band))));
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
      const [first] = runs;
      const key = first ? `${first.item} ${first.at}` : '';
      const isWhole = runs.length <= mostInGroup || this.#opened.has(key);
      const marks = (isWhole ? runs : runs.slice(0, mostInGroup - 1)).map((run) => this.#run(run, day, isTable));
      if (!isWhole) {
        marks.push(this.#more(key, runs.slice(marks.length), day));
      }
      return collision === ''
        ? make('li', '', ...marks)
        : make('li', 'collision', make('span', 'collision-words', collision), ...marks);
    });
    return make('ul', 'groups', ...items);
  }

  #band(band: WeekView['bands'][number]): HTMLElement {
    const words = make('span', 'words', band.words);
    words.ariaHidden = 'true';
    return this.#button(band, [make('span', 'name', band.name), words]);
  }

  /** Stands for runs that have no room. */
  #more(key: string, [first, ...others]: readonly WeekRun[], day: number): HTMLElement {
    const button = make('button', 'run more', this.#words.more.replace('{0}', String(others.length + 1)));
    button.tabIndex = -1;
    button.dataset.day = String(day);
    button.dataset.item = String(first?.item);
    button.dataset.at = String(first?.at);
    button.addEventListener('click', () => {
      this.#opened.add(key);
      button.focus();
      this.#draw();
    });
    return button;
  }

  #run(run: WeekRun, day: number, isTable: boolean): HTMLElement {
    const time = make('span', 'time', isTable ? run.minute : run.time);
    time.ariaHidden = 'true';
    const button = this.#button(run, [time, make('span', 'name', run.name)]);
    button.dataset.day = String(day);
    button.dataset.at = String(run.at);
    return button;
  }

  #button({ item, name, said, isPaused, alert }: WeekMark, children: HTMLElement[]): HTMLElement {
    // As in the rows of the Schedules view.
    const icons = alert ? [make('span', `icon ${alert === 'overdue' ? 'watch' : 'warning'}`)] : [];
    const seen = make('span', 'seen', ...[...icons, ...children].flatMap((part) => [part, ' ']));
    const button = make('button', ['run', isPaused ? 'paused' : '', alert ?? ''].filter(Boolean).join(' '), seen);
    // What is seen of it is short.
    button.append(make('span', 'unseen', `, ${said}`));
    button.title = `${name}, ${said}`;
    button.tabIndex = -1;
    button.dataset.item = String(item);
    button.addEventListener('click', () => {
      send({ type: 'open', item });
    });
    return button;
  }
}

/** Where all is made anew: the same run, or once its time has passed the one that comes closest to it. */
function sameOrNearest(runs: readonly HTMLElement[], { dataset: { item, at } }: HTMLElement): HTMLElement | undefined {
  const same = runs.find(({ dataset }) => dataset.item === item && dataset.at === at);
  return same ?? (at === undefined ? undefined : nearestInTime(runs, Number(at)));
}

/** The next one to come, which stands below what runs often. */
function soonest(runs: readonly HTMLElement[]): HTMLElement | undefined {
  return nearestInTime(runs, 0) ?? runs[0];
}

/** @param minute since 1970 */
function nearestInTime(runs: readonly HTMLElement[], minute: number): HTMLElement | undefined {
  const distance = ({ dataset }: HTMLElement): number => Math.abs(Number(dataset.at) - minute);
  return runs.filter(({ dataset }) => dataset.at !== undefined).sort((a, b) => distance(a) - distance(b))[0];
}

function heading(scope: 'col' | 'row', text: string, className = '', inner = ''): HTMLTableCellElement {
  const cell = make('th', className, ...(inner ? [make('span', inner, text)] : [text]));
  cell.scope = scope;
  return cell;
}
