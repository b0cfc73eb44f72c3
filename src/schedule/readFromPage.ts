import { isIndex, isOneOf, isText } from '../model/messageMembers';
import { isZone } from '../model/zoneFormats';
import { asRecord } from '../oz/json';
import { actNames, type FromPage, mostTyped, owners, type Side, sides as allSides, textFields } from './protocol';

/** Characters of a time zone's name. */
const longestZone = 64;
const mostSides = 100;

/** A message of the page's, or undefined for anything that is not exactly one. */
export function readFromPage(value: unknown): FromPage | undefined {
  const { type, field, text, turn, item, name, value: given, zone, sides } = asRecord(value) ?? {};
  switch (type) {
    case 'ready':
      return isText(zone, longestZone) && isZone(zone) ? { type, zone } : undefined;
    case 'text':
      return isOneOf(textFields, field) && isText(text, mostTyped) && isIndex(turn)
        ? { type, field, text, turn }
        : undefined;
    case 'enabled':
    case 'showPaused':
      return typeof given === 'boolean' ? { type, value: given } : undefined;
    case 'owner':
      return isOneOf(owners, given) ? { type, value: given } : undefined;
    case 'act':
      return isOneOf(actNames, name) ? { type, name } : undefined;
    case 'option':
    case 'open':
      return isIndex(item) ? { type, item } : undefined;
    case 'sides':
      return sides === null || areSides(sides) ? { type, sides } : undefined;
    default:
      return undefined;
  }
}

function areSides(value: unknown): value is Side[] {
  return Array.isArray(value) && value.length <= mostSides && value.every((one) => isOneOf(allSides, one));
}
