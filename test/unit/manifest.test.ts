import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { runCommandNames } from '../../src/commands/runCommandNames';
import { scheduleCommandNames } from '../../src/commands/scheduleCommandNames';

const root = path.resolve(__dirname, '../..');

interface Entry {
  command: string;
}
interface Manifest {
  contributes: { commands: Entry[]; keybindings: Entry[]; menus: Record<string, Entry[]> };
}

const { contributes } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
const declared = contributes.commands.map(({ command }) => command);

describe('the manifest', () => {
  it('declares the commands that are carried out, each once', () => {
    // The composition root needs an editor to run, so it is read: its tables name each command at the beginning of a line.
    const table = (file: string, begin: string): string => {
      const source = fs.readFileSync(path.join(root, 'src', file), 'utf8');
      return source.split(begin)[1]?.split(/^ *\};$/m)[0] ?? '';
    };
    const tables =
      table('agentRuns.ts', 'const all: Record<string, Command> = {') +
      table('scheduleParts.ts', 'readonly commands: Record<string, Command> = {');
    const named = [...tables.matchAll(/^ {4}(\w+):/gm)].map(([, name = '']) => name);
    const listed = [...tables.matchAll(/\[(('\w+'(, )?)+)\] as const/g)].flatMap(([, names = '']) =>
      names.split(', ').map((name) => name.slice(1, -1)),
    );
    const all = [...runCommandNames, ...scheduleCommandNames, ...named, ...listed].map((name) => `agentRuns.${name}`);
    assert.deepEqual([...declared].sort(), all.sort());
  });

  it('puts only declared commands into menus and on keys', () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(({ command }) => command);
    assert.deepEqual(
      used.filter((command) => !declared.includes(command)),
      [],
    );
  });
});
