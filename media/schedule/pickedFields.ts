import type { NamedValue } from '../../src/model/namedValue';
import type { ActName, FormView, FormWords } from '../../src/schedule/protocol';
import { make } from '../elements/elements';
import { send } from './host';

/** What is chosen in the editor's own lists, whose buttons these are. A button is told by its act where all is made anew. */
export function picker(act: ActName, id: string, { name, warnings: said }: NamedValue): HTMLElement[] {
  const button = make('button', 'picker', make('span', '', name));
  button.dataset.act = act;
  button.setAttribute('aria-haspopup', 'listbox');
  button.setAttribute('aria-describedby', `${id}-label`);
  button.addEventListener('click', () => {
    send({ type: 'act', name: act });
  });
  return [button, ...warnings(said)];
}

export function skillNodes({ skill, problems, remarks }: FormView, words: FormWords): HTMLElement[] {
  if (!skill) {
    return [make('div', 'buttons', actOf('chooseSkill', words.chooseSkill))];
  }
  const name = make('button', 'link', skill.name);
  name.dataset.act = 'openSkill';
  name.addEventListener('click', () => {
    send({ type: 'act', name: 'openSkill' });
  });
  const buttons = [actOf('chooseSkill', words.change), actOf('dropSkill', words.remove)];
  for (const button of buttons) {
    button.ariaLabel = `${button.textContent}: ${words.labels.skill}`;
  }
  return [
    make('div', 'skill', name, make('code', 'spec', skill.spec), make('div', 'acts', ...buttons)),
    ...warnings([...skill.warnings, problems.skill ?? '', remarks.skill ?? '']),
  ];
}

export function optionNodes({ options, problems, remarks }: FormView, { byDefault }: FormWords): HTMLElement[] {
  const rows = options.map(({ label, value, warning, isFixed }, item) => {
    const parts = [
      make('span', 'option-label', label),
      make('span', value ? 'option-value' : 'option-value none', value || byDefault),
    ];
    if (isFixed) {
      return make('li', '', make('div', 'option', ...parts));
    }
    const button = make('button', 'option', ...parts);
    button.dataset.act = `option-${item}`;
    button.addEventListener('click', () => {
      send({ type: 'option', item });
    });
    return make('li', '', button, ...warnings([warning]));
  });
  return [
    ...rows,
    ...(problems.more ? [make('li', 'problem', problems.more)] : []),
    ...(remarks.more ? [make('li', 'remark', remarks.more)] : []),
  ];
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
  return said.filter(Boolean).map((words) => {
    const icon = make('span', 'icon warning');
    icon.ariaHidden = 'true';
    return make('p', 'caution', icon, words);
  });
}
