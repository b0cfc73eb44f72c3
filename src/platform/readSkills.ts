import * as vscode from 'vscode';
import { hostTurns, inTurns } from '../model/inTurns';
import type { SkillEntry } from '../model/skillEntries';
import { readSkillText, type SkillText } from './readSkillText';
import { type Parser, skillEntryOf } from './skillEntryOf';

export interface ReadSkill {
  address: string;
  /** Undefined where there is none any more. */
  entry: SkillEntry | undefined;
}

/** Files that are read at the same time. */
const atOnce = 64;

/** Reads SKILL.md files a few at a time, in turns, for as long as somebody takes them. */
export async function* readSkills(addresses: readonly string[], parser: Parser): AsyncGenerator<ReadSkill[]> {
  const readSome = (from: number): Promise<(SkillText | undefined)[]> =>
    Promise.all(addresses.slice(from, from + atOnce).map((address) => readSkillText(vscode.Uri.parse(address, true))));
  let next = readSome(0);
  for (let at = 0; at < addresses.length; at += atOnce) {
    const texts = await next;
    // The next ones are read while these are parsed.
    next = readSome(at + atOnce);
    yield await inTurns(parse(addresses.slice(at, at + atOnce), texts, parser), hostTurns);
  }
}

function* parse(
  addresses: readonly string[],
  texts: readonly (SkillText | undefined)[],
  parser: Parser,
): Iterable<ReadSkill> {
  for (const [index, address] of addresses.entries()) {
    const read = texts[index];
    yield { address, entry: read && skillEntryOf(address, read, parser) };
  }
}
