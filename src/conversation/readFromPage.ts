import { isIndex, isOneOf, isText } from '../model/messageMembers';
import { asList, asRecord, type JsonRecord } from '../oz/json';
import {
  type Anchor,
  artifactActs,
  commandNames,
  type FromPage,
  jumpTargets,
  pendingActs,
  textParts,
} from './protocol';

/** Entries are named by a hash, their blocks by a number after it. */
const idPattern = /^[0-9a-z]{1,12}(?:\.\d{1,3})?$/;
/** Steps that a page may report as folded. */
export const mostFolded = 10_000;
/** Characters that are looked for, and characters of what is in the box: several follow-ups that were taken back stand there. */
const mostFound = 1000;
const mostTyped = 1_000_000;

/** A message of the page's, or undefined for anything that is not exactly one. */
export function readFromPage(value: unknown): FromPage | undefined {
  const given = asRecord(value);
  if (!given) {
    return undefined;
  }
  const { type, item, part } = given;
  const id = idOf(given.id);
  switch (type) {
    case 'ready': {
      const folded = idsOf(given.folded);
      return folded && { type, folded, anchor: anchorOf(given.anchor) };
    }
    case 'fold': {
      const folded = idsOf(given.folded);
      return folded && { type, folded };
    }
    case 'chunk':
      return isIndex(given.index) && (given.have === null || isIndex(given.have))
        ? { type, index: given.index, have: given.have }
        : undefined;
    case 'body':
      return id !== undefined && typeof given.raw === 'boolean' ? { type, id, raw: given.raw } : undefined;
    case 'jump': {
      const from = given.from === null ? null : idOf(given.from);
      const { back, to } = given;
      return from !== undefined && typeof back === 'boolean' && isOneOf(jumpTargets, to)
        ? { type, from, back, to }
        : undefined;
    }
    case 'goTo':
      return id === undefined ? undefined : { type, id };
    case 'goToNew': {
      const seen = given.seen === null ? null : idOf(given.seen);
      return seen === undefined ? undefined : { type, seen };
    }
    case 'find': {
      const from = given.from === null ? null : idOf(given.from);
      const { text, step, above } = given;
      const isLooked = text === null || isText(text, mostFound);
      return from !== undefined && isLooked && (step === -1 || step === 0 || step === 1) && isIndex(above)
        ? { type, text, step, from, above }
        : undefined;
    }
    case 'reading': {
      const unfolded = idsOf(given.unfolded);
      const seen = given.seen === null ? null : idOf(given.seen);
      return unfolded && seen !== undefined && typeof given.following === 'boolean'
        ? { type, anchor: anchorOf(given.anchor), following: given.following, seen, unfolded }
        : undefined;
    }
    case 'answer':
    case 'link':
    case 'picture':
    case 'run':
      return isIndex(item) ? { type, item } : undefined;
    case 'artifact':
      return isIndex(item) && isOneOf(artifactActs, given.act) ? { type, item, act: given.act } : undefined;
    case 'pending':
      return isIndex(item) && isOneOf(pendingActs, given.act) ? { type, item, act: given.act } : undefined;
    case 'draft':
    case 'send':
      return isText(given.text, mostTyped) ? { type, text: given.text } : undefined;
    case 'diff':
    case 'file':
      return id !== undefined && isIndex(item) ? { type, id, item } : undefined;
    case 'diffs':
      return id === undefined ? undefined : { type, id };
    case 'foldAll':
      return typeof given.folded === 'boolean' ? { type, folded: given.folded } : undefined;
    case 'copy':
    case 'open':
      return id !== undefined && isIndex(item) && isOneOf(textParts, part) ? { type, id, part, item } : undefined;
    case 'command':
      return isOneOf(commandNames, given.name) ? { type, name: given.name } : undefined;
    default:
      return undefined;
  }
}

export function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && idPattern.test(value) ? value : undefined;
}

export function idsOf(value: unknown): string[] | undefined {
  const ids = asList(value).map(idOf);
  return Array.isArray(value) && value.length <= mostFolded && ids.every((id) => id !== undefined) ? ids : undefined;
}

export function anchorOf(value: unknown): Anchor | null {
  const anchor: JsonRecord | undefined = asRecord(value);
  const id = idOf(anchor?.id);
  return id !== undefined && typeof anchor?.offset === 'number' && Number.isFinite(anchor.offset)
    ? { id, offset: anchor.offset }
    : null;
}
