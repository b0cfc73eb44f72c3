import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { launchCommandNames } from '../../src/commands/launchCommandNames';
import { runCommandNames } from '../../src/commands/runCommandNames';

const root = path.resolve(__dirname, '../..');

interface Entry {
  command: string;
  icon?: string;
}
interface MenuEntry extends Entry {
  when?: string;
  group?: string;
}
interface Manifest {
  contributes: { commands: Entry[]; keybindings: Entry[]; menus: Record<string, MenuEntry[]> };
}

const { contributes } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
const declared = contributes.commands.map(({ command }) => command);

describe('the manifest', () => {
  it('declares the commands that are carried out, each once', () => {
    // The composition root needs an editor to run, so it is read: its tables name each command at the beginning of a line.
    const table = (file: string): string => {
      const source = fs.readFileSync(path.join(root, 'src', file), 'utf8');
      const begun = source.split(/^ *(?:readonly commands|const all): Record<string, Command> = \{$/m)[1];
      return begun?.split(/^ *\};$/m)[0] ?? '';
    };
    const tables = ['allCommands.ts', 'conversationParts.ts', 'scheduleParts.ts', 'skillParts.ts'].map(table).join('');
    const named = [...tables.matchAll(/^ {4}(\w+):/gm)].map(([, name = '']) => name);
    const all = [...runCommandNames, ...launchCommandNames, ...named].map((name) => `agentRuns.${name}`);
    assert.deepEqual([...declared].sort(), all.sort());
  });

  it('puts only declared commands into menus and on keys', () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(({ command }) => command);
    assert.deepEqual(
      used.filter((command) => !declared.includes(command)),
      [],
    );
  });

  /** The commands of one group of a menu, as VS Code orders them, by their names. */
  const shown = (menu: string, group: string, isMeant: (when: string) => boolean): string[] =>
    (contributes.menus[menu] ?? [])
      .filter((entry) => entry.group?.split('@')[0] === group && isMeant(entry.when ?? ''))
      .sort((one, other) => orderOf(one) - orderOf(other))
      .map(({ command }) => command.replace('agentRuns.', ''));
  const orderOf = ({ group = '' }: MenuEntry): number => Number(group.split('@')[1] ?? 0);

  it('has the icons of all views in one order: new first, refresh last', () => {
    for (const [view, create, refresh] of [
      ['runs', 'newRun', 'refreshRuns'],
      ['schedules', 'newSchedule', 'refreshSchedules'],
      ['skills', 'newSkill', 'refreshSkills'],
    ] as const) {
      const icons = shown('view/title', 'navigation', (when) => when.startsWith(`view == agentRuns.${view}`));
      assert.deepEqual([icons[0], icons.at(-1)], [create, refresh]);
    }
  });

  it('schedules a skill wherever it runs one', () => {
    const whenOf = (menu: string, name: string): (string | undefined)[] =>
      (contributes.menus[menu] ?? []).filter(({ command }) => command === `agentRuns.${name}`).map(({ when }) => when);
    for (const menu of ['explorer/context', 'editor/context', 'editor/title/context']) {
      assert.equal(whenOf(menu, 'runSkill').length, 1);
      assert.deepEqual(whenOf(menu, 'scheduleSkill'), whenOf(menu, 'runSkill'), menu);
    }
  });

  it('keeps the icon of a schedule that costs money apart from the others of its row', () => {
    const row = (when: string): boolean => when.startsWith('view == agentRuns.schedules && viewItem =~ /^schedule');
    const icons = shown('view/item/context', 'inline', row);
    assert.deepEqual(icons, ['pauseSchedule', 'resumeSchedule', 'runScheduleNow']);
    const iconOf = (name: string): string | undefined =>
      contributes.commands.find(({ command }) => command === `agentRuns.${name}`)?.icon;
    assert.equal(new Set(icons.map(iconOf)).size, icons.length);
    assert.ok(!['$(play)', '$(debug-start)', '$(debug-continue)'].includes(iconOf('runScheduleNow') ?? ''));
  });

  it('offers each help for an error of a schedule in its row', () => {
    const inRow = (fix: string): string[] =>
      shown('view/item/context', 'inline', (when) => when.includes(`/^spawnError fix-${fix}$/`));
    assert.deepEqual(['edit', 'topUp', 'connect', 'environment', 'retry'].map(inRow), [
      ['editSchedule'],
      ['topUp'],
      ['connectGitHub'],
      ['openEnvironment'],
      ['runScheduleNow'],
    ]);
  });
});
