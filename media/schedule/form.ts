import {
  type ActName,
  type FormPart,
  type FormView,
  type NamedValue,
  type Owner,
  owners,
  type PageStart,
  type TextField,
} from '../../src/schedule/protocol';
import { make } from '../elements/elements';
import { actButtons, Bars } from './bars';
import { CronField } from './cronField';
import { Field, select } from './field';
import { send } from './host';
import { stickyHeader } from './stickyHeader';
import { PresetField } from './presetField';

type Start = Extract<PageStart, { kind: 'form' }>;

/** Characters that a person can type: fewer than the host takes. */
const mostTyped = 100_000;

/** The form of a schedule. The texts are the page's while they are typed; all else is shown as the host says. */
export class Form {
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
  readonly #fields: Partial<Record<FormPart, Field>>;
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
    this.#name.maxLength = 500;
    this.#name.placeholder = placeholders.name;
    this.#name.addEventListener('input', text('name'));
    this.#prompt.maxLength = mostTyped;
    this.#prompt.rows = 3;
    this.#prompt.addEventListener('input', text('prompt'));
    this.#cron = new CronField(words, (cron) => {
      this.#preset.follow(cron);
      this.#send('cron');
    });
    this.#preset = new PresetField(
      words,
      (cron) => {
        this.#cron.put(cron);
        this.#send('cron');
      },
      () => {
        this.#cron.input.focus();
      },
    );
    const owner = select(
      owners.map((value) => ({ value, label: words.owners[value] })),
      (value) => {
        send({ type: 'owner', value: value as Owner });
      },
    );
    this.#owner = owner.control;
    this.#enabled.type = 'checkbox';
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
      ...[this.#fields.name, this.#fields.prompt].flatMap((field) => field?.element ?? []),
      group('skill', labels.skill, hints.skill, this.#skill),
      preset.element,
      this.#cron.element,
      group('environment', labels.environment, hints.environment, this.#environment),
      group('model', labels.model, hints.model, this.#model),
      group('enabled', labels.enabled, undefined, box),
      ...(this.#fields.owner ? [this.#fields.owner.element] : []),
      group('owned-by', labels.owner, undefined, this.#ownedBy),
      this.#more(labels.more, start.view),
    );
    this.takeTexts(start.texts, start.turn);
    this.show(start.view);
    handleSaveKey();
    document.body.classList.add('form');
  }

  show(view: FormView): void {
    const { title, state, problems, isLoading, isSaving } = view;
    this.#title.textContent = title;
    this.#state.className = `state ${state.look}`;
    this.#state.textContent = state.words;
    this.#main.hidden = isLoading;
    this.#main.ariaBusy = String(isSaving);
    this.#renew(this.#acts, view.acts, () => [actButtons(view.acts)]);
    this.#bars.show(view.bars);
    this.#fields.name?.show(problems.name ?? '');
    this.#fields.prompt?.show(problems.prompt ?? '');
    this.#cron.show(view.cron, problems.cron ?? '');
    this.#renew(this.#skill, [view.skill, problems.skill], () => this.#skillNodes(view));
    this.#renew(this.#environment, view.environment, () =>
      picker('changeEnvironment', 'environment', view.environment),
    );
    this.#renew(this.#model, view.model, () => picker('changeModel', 'model', view.model));
    this.#renew(this.#options, [view.options, problems.more], () => this.#optionNodes(view));
    this.#enabled.checked = view.enabled;
    this.#owner.value = view.owner ?? 'default';
    this.#showGroup(this.#fields.owner?.element, view.owner !== null);
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
    document
      .querySelector<HTMLElement>(`#${part}:not(details), [aria-labelledby="${part}-label"] button, #${part} summary`)
      ?.focus();
  }

  /** Folded while nothing in it is set. */
  #more(label: string, { options }: FormView): HTMLElement {
    const made = make('details', 'field', make('summary', 'label', label), this.#options);
    made.id = 'more';
    made.open = options.some(({ value }) => value !== '');
    return made;
  }

  #send(field: TextField): void {
    const text = { name: this.#name, prompt: this.#prompt, cron: this.#cron.input }[field].value;
    send({ type: 'text', field, text, turn: this.#turn });
  }

  #skillNodes({ skill, problems }: FormView): HTMLElement[] {
    const { labels } = this.#words;
    if (!skill) {
      return [make('div', 'buttons', actOf('chooseSkill', this.#words.chooseSkill))];
    }
    const name = make('button', 'link', skill.name);
    name.dataset.act = 'openSkill';
    name.addEventListener('click', () => {
      send({ type: 'act', name: 'openSkill' });
    });
    const buttons = [actOf('chooseSkill', this.#words.change), actOf('dropSkill', this.#words.remove)];
    for (const button of buttons) {
      button.ariaLabel = `${button.textContent}: ${labels.skill}`;
    }
    return [
      make('div', 'skill', name, make('code', 'spec', skill.spec), make('div', 'acts', ...buttons)),
      ...warnings([...skill.warnings, ...(problems.skill ? [problems.skill] : [])]),
    ];
  }

  #optionNodes({ options, problems }: FormView): HTMLElement[] {
    const rows = options.map(({ label, value, warning }, item) => {
      const button = make(
        'button',
        'option',
        make('span', 'option-label', label),
        make('span', value ? 'option-value' : 'option-value none', value || this.#words.byDefault),
      );
      button.dataset.act = `option-${item}`;
      button.addEventListener('click', () => {
        send({ type: 'option', item });
      });
      return make('li', '', button, ...warnings(warning ? [warning] : []));
    });
    return [...rows, ...(problems.more ? [make('li', 'problem', problems.more)] : [])];
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
    place.replaceChildren(...nodes());
    if (focused) {
      const same = [...place.querySelectorAll<HTMLElement>('button')].find(
        ({ dataset }) => dataset.act === focused.dataset.act,
      );
      (same ?? place.querySelector<HTMLElement>('button') ?? this.#name).focus();
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

/** A button that looks like a list to choose from, since a click opens the editor's own. */
function picker(act: ActName, id: string, { name, warnings: said }: NamedValue): HTMLElement[] {
  const button = make('button', 'picker', make('span', '', name));
  button.dataset.act = act;
  button.setAttribute('aria-haspopup', 'listbox');
  button.setAttribute('aria-describedby', `${id}-label`);
  button.addEventListener('click', () => {
    send({ type: 'act', name: act });
  });
  return [button, ...warnings(said)];
}

function actOf(name: ActName, label: string): HTMLButtonElement {
  const button = make('button', 'secondary', label);
  button.dataset.act = name;
  button.addEventListener('click', () => {
    send({ type: 'act', name });
  });
  return button;
}

function warnings(said: readonly string[]): HTMLElement[] {
  return said.map((words) => {
    const icon = make('span', 'icon warning');
    icon.ariaHidden = 'true';
    return make('p', 'caution', icon, words);
  });
}

/** As in any editor. It does not reach VS Code, which would look for a file to save. */
function handleSaveKey(): void {
  document.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if ((ctrlKey || metaKey) && !shiftKey && !altKey && key.toLowerCase() === 's') {
      event.preventDefault();
      event.stopPropagation();
      send({ type: 'act', name: 'save' });
    }
  });
}
