import { escapeHtml } from '../platform/pageShell';
import type { FollowUpBoxState } from './protocol';

/** Characters that a person can type: fewer than `readFromPage` takes. */
const mostTyped = 100_000;

/**
 * The box under the conversation, with what was typed for it: it is there with the first paint. No form: nothing of this page
 * may be sent to an address.
 * @param title what the keys do
 */
export function followUpBoxHtml(box: FollowUpBoxState, draft: string, title: string): string {
  const text = (value: string): string => escapeHtml(value);
  // A line end right behind the tag is none of the text.
  return `<div id="box" class="${box.sends}"${box.sends === 'none' ? ' hidden' : ''}>
<label id="box-label" for="box-text" class="unseen">${text(box.label)}</label>
<textarea id="box-text" rows="1" maxlength="${mostTyped}" autocomplete="off" placeholder="${text(box.placeholder)}" title="${text(title)}"${box.busy ? ' readonly' : ''}>
${text(draft)}</textarea>
<button id="box-send"${box.busy ? ' disabled' : ''}>${text(box.button)}</button>
</div>`;
}
