import { isLandmark, type Entry } from '../model/conversation';
import type { ConversationChunks } from '../model/conversationChunks';
import { isError } from '../model/conversationSteps';
import type { JumpTarget } from './protocol';
import type { RenderContext, Translate } from './renderContext';

const tests: Record<JumpTarget, (entry: Entry) => boolean> = {
  landmark: isLandmark,
  user: (entry) => entry.kind === 'message' && entry.role === 'user',
  error: (entry) => entry.kind === 'message' && entry.blocks.some(isError),
  step: (entry) => entry.kind === 'step',
  action: (entry) => entry.kind === 'message' && entry.blocks.some(({ kind }) => kind === 'action'),
};

/** What folded steps hide is passed over, except what nobody should overlook. */
const alsoHidden: ReadonlySet<JumpTarget> = new Set<JumpTarget>(['error', 'user']);

/** The nearest entry of a kind from another one on, which is not it itself; from the beginning or the end without one. */
export function jumpFrom(
  chunks: ConversationChunks,
  from: string | null,
  to: JumpTarget,
  back: boolean,
): Entry | undefined {
  const { entries } = chunks;
  const step = back ? -1 : 1;
  const start = (from === null ? undefined : chunks.placeOf(from)) ?? (back ? entries.length : -1);
  for (let place = start + step; place >= 0 && place < entries.length; place += step) {
    const entry = entries[place];
    if (entry && tests[to](entry) && (alsoHidden.has(to) || chunks.isShown(entry))) {
      return entry;
    }
  }
  return undefined;
}

/** That there is nothing of a kind in a direction, or nowhere. */
export function nothingThere(
  { entries }: Pick<ConversationChunks, 'entries'>,
  to: JumpTarget,
  back: boolean,
  { translate: t }: Pick<RenderContext, 'translate'>,
): string {
  if (!entries.some(tests[to])) {
    return nothingAtAll(to, t);
  }
  switch (to) {
    case 'landmark':
      return back ? t('No earlier step, user message or error') : t('No further step, user message or error');
    case 'user':
      return back ? t('No earlier user messages') : t('No more user messages');
    case 'error':
      return back ? t('No earlier errors') : t('No more errors');
    case 'step':
      return back ? t('No earlier steps') : t('No more steps');
    case 'action':
      return back ? t('No earlier actions') : t('No more actions');
  }
}

function nothingAtAll(to: JumpTarget, t: Translate): string {
  switch (to) {
    case 'landmark':
      return t('No steps, user messages or errors');
    case 'user':
      return t('No user messages');
    case 'error':
      return t('No errors');
    case 'step':
      return t('No steps');
    case 'action':
      return t('No actions');
  }
}
