import type { Translate } from './renderContext';

/** What the page says where things are found. The keys that do the same are added there. */
export interface FindWords {
  find: string;
  previous: string;
  next: string;
  close: string;
}

export function findWords(translate: Translate): FindWords {
  return {
    find: translate('Find'),
    previous: translate('Previous Match'),
    next: translate('Next Match'),
    close: translate('Close'),
  };
}
