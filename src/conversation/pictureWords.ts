import type { Translate } from './renderContext';

/** What the page says around pictures. */
export interface PictureWords {
  notAvailable: string;
  again: string;
  close: string;
  zoomIn: string;
  zoomOut: string;
  fit: string;
  previous: string;
  next: string;
  save: string;
  openInEditor: string;
  /** `{0}` of `{1}`. */
  count: string;
}

export function pictureWords(translate: Translate): PictureWords {
  return {
    notAvailable: translate('Not available'),
    again: translate('Try Again'),
    close: translate('Close'),
    zoomIn: translate('Zoom In'),
    zoomOut: translate('Zoom Out'),
    fit: translate('Fit to Window'),
    previous: translate('Previous Picture'),
    next: translate('Next Picture'),
    save: translate('Save As…'),
    openInEditor: translate('Open in Editor'),
    count: translate('{0} of {1}', '{0}', '{1}'),
  };
}
