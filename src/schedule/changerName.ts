import type { Schedule } from '../oz/types';
import { plain } from '../platform/plainText';

/** Who changed a schedule last; empty where the service does not say. */
export function changerName({ updated_by: who }: Schedule): string {
  return plain(who?.display_name ?? who?.email ?? '', 60);
}
