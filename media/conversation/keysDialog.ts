import type { FindWords } from '../../src/conversation/findWords';
import type { ViewElement } from '../../src/conversation/viewNodes';
import { buildElement } from './buildNode';
import { button } from '../elements/elements';

/** Shows what the keys do. The focus stays in it, and goes back to where it was. */
export function showKeys(node: ViewElement, words: FindWords): void {
  if (document.querySelector('dialog.keys-dialog')) {
    return;
  }
  const dialog = document.createElement('dialog');
  dialog.className = 'keys-dialog';
  const list = buildElement(node);
  const heading = list.querySelector('h2');
  dialog.ariaLabel = heading?.textContent ?? '';
  dialog.append(
    button('icon close', `${words.close} (Escape)`, () => {
      dialog.close();
    }),
    list,
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      dialog.close();
    } else if (event.key !== 'Tab') {
      return;
    }
    // The only control keeps the focus: beyond it are the editor's own.
    event.preventDefault();
    event.stopPropagation();
  });
  dialog.addEventListener('click', ({ target }) => {
    // Its own box is all padding: only the ground around it is the dialog itself.
    if (target === dialog) {
      dialog.close();
    }
  });
  document.body.append(dialog);
  dialog.showModal();
}
