import type { RenderContext } from './renderContext';
import type { ViewElement } from './viewNodes';

/** What the keys do on the page, as a list. */
export function renderKeys({ translate: t }: Pick<RenderContext, 'translate'>): ViewElement {
  const rows: [keys: string[], what: string][] = [
    [['u', 'U'], t('Next or previous user message')],
    [['e', 'E'], t('Next or previous error')],
    [['s', 'S'], t('Next or previous step')],
    [['a', 'A'], t('Next or previous action')],
    [['j', 'k', 'Alt+↓', 'Alt+↑'], t('Next or previous step, user message or error')],
    [['Enter', 'Space'], t('Unfold or fold what has the focus')],
    [['f', 'F'], t('Fold or unfold all steps')],
    [['Home', 'End'], t('To the beginning or the end')],
    [['c', 'Ctrl+End'], t('Past the conversation, to the follow-up')],
    [['Ctrl+Enter'], t('Send what is in the box of the follow-up')],
    [['Ctrl+Home'], t('From the box to the beginning')],
    [['Ctrl+F', '/'], t('Find')],
    [['F3', 'Shift+F3'], t('Next or previous match')],
    [['←', '→'], t('Next or previous picture, where one is large')],
    [['+', '-', '0'], t('Larger, smaller, or as large as fits')],
    [['Escape'], t('Close what is open')],
    [['?'], t('Show these keys')],
  ];
  return [
    'div',
    'keys',
    ['h2', '', t('Keyboard Shortcuts')],
    [
      'table',
      '',
      [
        'tbody',
        '',
        ...rows.map(([keys, what]) => {
          const names = keys.flatMap((key, index) => [...(index > 0 ? [' '] : []), ['code', 'key', key] as const]);
          return ['tr', '', ['td', '', ...names], ['td', '', what]] as const;
        }),
      ],
    ],
  ];
}
