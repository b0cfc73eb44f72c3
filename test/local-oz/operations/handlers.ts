import { artifactOperations } from './artifacts';
import { catalogueOperations } from './catalogue';
import { conversationOperations } from './conversations';
import { eventOperations } from './events';
import { identityOperations } from './identities';
import { messageOperations } from './messages';
import type { Handlers } from './operation';
import { runOperations } from './runs';
import { scheduleOperations } from './schedules';

/** Every operation of openapi.yaml: the type fails where one is missing. */
export const handlers: Handlers = {
  ...runOperations,
  ...conversationOperations,
  ...scheduleOperations,
  ...catalogueOperations,
  ...artifactOperations,
  ...identityOperations,
  ...messageOperations,
  ...eventOperations,
};
