import type { RenderContext } from './renderContext';
import type { ViewElement } from './viewNodes';

/** Opens an entry as the service sent it. */
export function rawButton(of: string, { translate: t }: Pick<RenderContext, 'translate'>): ViewElement {
  const label = t('Open as the Service Sent It');
  return ['button', { class: 'icon json', does: 'open', of, name: 'raw', item: 0, label, title: label }];
}
