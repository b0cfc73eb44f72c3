import type { ScheduleFields } from '../model/scheduleFields';
import type { ZoneFormats } from '../model/zoneFormats';
import type { ScheduleWords } from './scheduleWords';

/** What is said of a form is made with these. */
export interface Wording {
  fields: ScheduleFields;
  formats: ZoneFormats;
  /** Milliseconds since 1970. */
  now: number;
  words: ScheduleWords;
}
