import {
  type FormPart,
  type FormView,
  type FromPage,
  mostTyped,
  type Owner,
  owners,
  type PageStart,
  type TextField,
} from '../../src/schedule/protocol';
import { make } from '../elements/elements';
import { actButtons, Bars } from './bars';
import { CronField } from './cronField';
import { Field, select } from './field';
import { send, sendSoon } from './host';
import { optionNodes, picker, skillNodes } from './pickedFields';
import { bringIntoSight, stickyHeader } from './stickyHeader';
import { PresetField } from './presetField';

type Start = Extract<PageStart, { kind: 'form' }>;

/** Characters from which on a prompt is not sent at each key. */
const longText = 65_536;

/** The form of a schedule. The texts are the page's while they are typed; all else is shown as the host says. */
export class Form {
  /** Where a new one begins. */
  readonly first: HTMLElement | undefined;
  readonly #words: Start['words'];
  readonly #title = make('h1');
  readonly #state = make('span', 'state');
  readonly #acts = make('div', 'head-acts');
  readonly #bars: Bars;
  readonly #main = make('main');
  readonly #name = make('input');
  readonly #prompt = make('textarea');
  readonly #skill = make('div', 'picked');
  readonly #environment = make('div', 'picked');
  readonly #model = make('div', 'picked');
  readonly #options = make('ul', 'options');
  readonly #enabled = make('input');
  readonly #owner: HTMLSelectElement;
  readonly #ownedBy = make('p', 'fixed');
  readonly #cron: CronField;
  readonly #preset: PresetField;
  readonly #fields: Record<'name' | 'prompt' | 'owner', Field>;
  readonly #shown = new Map<HTMLElement, string>();
  #turn: number;

  constructor(place: HTMLElement, start: Start) {
    const { words } = start;
    const { labels, hints, placeholders } = words;
    this.#words = words;
    this.#turn = start.turn;
    const text = (field: TextField) => (): void => {
      this.#send(field);
    };
    this.#name.type = 'text';
    this.#name.maxLength = mostTyped;
    this.#name.placeholder = placeholders.name;
    this.#name.addEventListener('input', text('name'));
    this.#prompt.maxLength = mostTyped;
    this.#prompt.rows = 3;
    this.#prompt.addEventListener('input', text('prompt'));
    this.#cron = new CronField(words, (cron) => {
      this.#preset.follow(cron);
      this.#send('cron');
    });
    this.#preset = new PresetField(words, (cron) => {
      this.#cron.write(cron);
    });
    const owner = select(
      owners.map((value) => ({ value, label: words.owners[value] })),
      (value) => {
        send({ type: 'owner', value: value as Owner });
      },
    );
    this.#owner = owner.control;
    this.#enabled.type = 'checkbox';
    this.#enabled.id = 'enabled';
    this.#enabled.addEventListener('change', () => {
      send({ type: 'enabled', value: this.#enabled.checked });
    });
    const bars = make('div', 'bars');
    this.#bars = new Bars(bars, words.field);
    const head = make('div', 'head', make('div', 'titles', this.#title, this.#state), this.#acts);
    place.append(stickyHeader(head, bars), this.#main);
    this.#fields = {
      name: new Field('name', this.#name, { label: labels.name }),
      prompt: new Field('prompt', this.#prompt, { label: labels.prompt, hint: hints.prompt }),
      owner: new Field('owner', this.#owner, { label: labels.owner, hint: hints.owner, around: owner.around }),
    };
    const preset = new Field('preset', this.#preset.control, { label: labels.preset, around: this.#preset.element });
    const box = make('label', 'check', this.#enabled, words.enabledBox);
    this.#main.append(
      this.#fields.name.element,
      this.#fields.prompt.element,
      group('skill', labels.skill, hints.skill, this.#skill),
      preset.element,
      this.#cron.element,
      group('environment', labels.environment, hints.environment, this.#environment),
      group('model', labels.model, hints.model, this.#model),
      group('enabled', labels.enabled, undefined, box),
      this.#fields.owner.element,
      group('owned-by', labels.owner, undefined, this.#ownedBy),
      this.#more(labels.more, start.view),
    );
    this.takeTexts(start.texts, start.turn);
    this.show(start.view);
    handleSaveKeys();
    this.first = start.view.owner === null ? undefined : this.#name;
    document.body.classList.add('form');
  }

  show(view: FormView): void {
    const { title, state, problems, remarks, isLoading, isSaving } = view;
    this.#title.textContent = title;
    this.#state.className = `state ${state.look}`;
    this.#state.textContent = state.words;
    this.#main.hidden = isLoading;
    this.#main.ariaBusy = String(isSaving);
    this.#renew(this.#acts, view.acts, () => [actButtons(view.acts)]);
    this.#bars.show(view.bars);
    this.#fields.name.show({ problem: problems.name, remark: remarks.name });
    this.#fields.prompt.show({ problem: problems.prompt, remark: remarks.prompt });
    this.#cron.show({
      ...{ view: view.cron, missing: problems.cron ?? '', remark: remarks.cron ?? '' },
      isPaused: !view.enabled,
    });
    this.#renew(this.#skill, [view.skill, problems.skill, remarks.skill], () => skillNodes(view, this.#words));
    this.#renew(this.#environment, [view.environment, remarks.environment], () => [
      ...picker('changeEnvironment', 'environment', view.environment),
      ...(remarks.environment ? [make('p', 'hint', remarks.environment)] : []),
    ]);
    this.#renew(this.#model, view.model, () => picker('changeModel', 'model', view.model));
    this.#renew(this.#options, [view.options, problems.more, remarks.more], () => optionNodes(view, this.#words));
    this.#enabled.checked = view.enabled;
    this.#owner.value = view.owner ?? 'default';
    this.#showGroup(this.#fields.owner.element, view.owner !== null);
    this.#ownedBy.textContent = view.ownedBy;
    this.#showGroup(this.#ownedBy.closest<HTMLElement>('.field'), view.owner === null && view.ownedBy !== '');
  }

  takeTexts(texts: Partial<Record<TextField, string>>, turn: number): void {
    this.#turn = turn;
    if (texts.name !== undefined) {
      this.#name.value = texts.name;
    }
    if (texts.prompt !== undefined) {
      this.#prompt.value = texts.prompt;
      // It could not be sent back whole.
      this.#prompt.readOnly = texts.prompt.length > mostTyped;
    }
    if (texts.cron !== undefined) {
      this.#cron.put(texts.cron);
      this.#preset.follow(texts.cron);
    }
  }

  focus(part: FormPart): void {
    const more = document.querySelector<HTMLDetailsElement>('details');
    if (part === 'more' && more) {
      more.open = true;
    }
    const control = document.querySelector<HTMLElement>(
      `#${part}:not(details), [aria-labelledby="${part}-label"] button, #${part} summary`,
    );
    control?.focus({ preventScroll: true });
    bringIntoSight(control?.closest('.field'));
  }

  /** Folded while nothing in it is set. */
  #more(label: string, { options }: FormView): HTMLElement {
    const made = make('details', 'field', make('summary', 'label', label), this.#options);
    made.id = 'more';
    made.open = options.some(({ value }) => value !== '');
    return made;
  }

  #send(field: TextField): void {
    const control = { name: this.#name, prompt: this.#prompt, cron: this.#cron.input }[field];
    const message = (): FromPage => ({ type: 'text', field, text: control.value, turn: this.#turn });
    if (field === 'prompt' && control.value.length > longText) {
      sendSoon(message);
    } else {
      send(message());
    }
  }

  /** Makes a part anew where it says something else; the focus stays where it was. */
  #renew(place: HTMLElement, content: unknown, nodes: () => HTMLElement[]): void {
    const text = JSON.stringify(content);
    if (this.#shown.get(place) === text) {
      return;
    }
    this.#shown.set(place, text);
    const { activeElement } = document;
    const focused = activeElement instanceof HTMLElement && place.contains(activeElement) ? activeElement : undefined;
    const before = [...place.querySelectorAll('button')] as HTMLElement[];
    place.replaceChildren(...nodes());
    if (focused) {
      const now = [...place.querySelectorAll<HTMLElement>('button')];
      const same = now.find(({ dataset }) => dataset.act === focused.dataset.act);
      // Where it was, another may be: "Resume" instead of "Pause".
      (same ?? now[before.indexOf(focused)] ?? now[0] ?? this.#name).focus();
    }
  }

  #showGroup(element: HTMLElement | null | undefined, isShown: boolean): void {
    if (element) {
      element.hidden = !isShown;
    }
  }
}

/** What is no single control: its parts stand under one name. */
function group(id: string, label: string, hint: string | undefined, ...parts: HTMLElement[]): HTMLElement {
  const name = make('div', 'label', label);
  name.id = `${id}-label`;
  const made = make('div', 'field', name, ...(hint ? [make('p', 'hint', hint)] : []), ...parts);
  made.setAttribute('role', 'group');
  made.setAttribute('aria-labelledby', name.id);
  return made;
}

/** As in any editor, and as in any form. VS Code's own key is for when the page has no focus: this way nothing typed is late. */
function handleSaveKeys(): void {
  document.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if ((ctrlKey || metaKey) && !shiftKey && !altKey && ['s', 'enter'].includes(key.toLowerCase())) {
      event.preventDefault();
      event.stopPropagation();
      send({ type: 'act', name: 'save' });
    }
  });
}
