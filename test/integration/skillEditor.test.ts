import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { fixWithAgent } from '../../src/commands/launch';
import { newSkill } from '../../src/commands/newSkill';
import { judgeSkill } from '../../src/model/skillReading';
import { setUp } from './launchSetting';
import { QuickInputs } from './quickInput';

const folder = (): vscode.Uri => {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first);
  return first.uri;
};
const skills = (): vscode.Uri => vscode.Uri.joinPath(folder(), '.agents/skills');
const described = 'name: made-here\ndescription: Makes a thing.';
const instructions = '\n# Make\n\nMake the thing.\n';

/** Waits for what VS Code tells its extensions of in its own time. */
async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) {
      return found;
    }
    await delay(20);
  }
}

describe('SKILL.md in the editor', () => {
  let uri: vscode.Uri;

  async function open(text: string, name = 'made-here'): Promise<vscode.TextDocument> {
    uri = vscode.Uri.joinPath(skills(), name, 'SKILL.md');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    // VS Code may still have the text of an earlier file here.
    await until(() => document.getText() === text);
    return document;
  }

  async function write(text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(0, 0, 1000, 0), text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  const found = (at = uri): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(at).filter(({ source }) => source === 'Agent Runs');
  const kinds = (at = uri): unknown[] => found(at).map(({ code }) => code);
  const findings = (...expected: string[]): Promise<true> =>
    until(() => JSON.stringify(kinds()) === JSON.stringify(expected));

  /** The fixes for all that is wrong, without those of others. */
  async function fixes(): Promise<vscode.CodeAction[]> {
    const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      new vscode.Range(0, 0, 1000, 0),
      vscode.CodeActionKind.QuickFix.value,
    );
    return offered.filter(({ edit }) => edit !== undefined);
  }

  async function lenses(): Promise<vscode.Command[]> {
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
    return all.flatMap(({ command }) => command ?? []);
  }

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['made-here', 'renamed', 'Made Here']) {
      await fs.rm(path.join(skills().fsPath, name), { recursive: true, force: true });
    }
  });

  it('has above it what can be done, and what the cloud does not see', async () => {
    await open(`---\n${described}\n---\n${instructions}`);
    const commands = (): Promise<string[]> => lenses().then((all) => all.map(({ command }) => command));
    // Git does not know the new file.
    await until(async () => (await commands()).includes('workbench.view.scm'));
    assert.deepEqual(await commands(), [
      'agentRuns.runSkillNow',
      'agentRuns.runSkill',
      'agentRuns.scheduleSkill',
      'agentRuns.showSkillRuns',
      'workbench.view.scm',
    ]);
    const [run] = await lenses();
    assert.deepEqual(run?.arguments, [{ uri: uri.toString() }]);

    await write(`---\n${described}\n---\n`);
    const [first, ...others] = await commands();
    assert.match(first ?? '', /open$/);
    assert.deepEqual(others, ['agentRuns.showSkillRuns']);
  });

  it('is judged as it is typed, until it is closed', async () => {
    const document = await open(`---\n${described}\n---\n${instructions}`);
    await write(`---\nname: Other Name\nversion: 1\n---\n${instructions}`);
    // What an editor with a language for skills says itself is said once.
    await findings(...(document.languageId === 'skill' ? [] : ['noDescription', 'badName']), 'unknownField');
    const lines = vscode.languages.getDiagnostics(uri).map(({ range }) => range.start.line);
    assert.deepEqual([...new Set(lines)].sort(), [0, 1, 2]);
    assert.ok(document.isDirty);
    await write(`---\n${described}\n---\n${instructions}`);
    await findings();
    await write('---\nname: "made-here\n---\nText');
    await findings('badYaml');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await findings();
  });

  it('has fixes after each of which the problem is gone', async () => {
    const document = await open(instructions);
    const judged = (): string[] => judgeSkill(document.getText(), 'made-here').map(({ kind }) => kind);
    const cases: [kind: string, text: string, fixes: number][] = [
      ['noFrontMatter', instructions, 1],
      ['notClosed', `---\r\n${described.replace('\n', '\r\n')}\r\n\r\n# Make\r\n\r\nMake it.\r\n`, 1],
      ['badYaml', `---\nname: made-here\ndescription: Use it when: now\n---\n${instructions}`, 1],
      ['noName', `---\ndescription: Makes a thing.\n---\n${instructions}`, 1],
      ['noDescription', `---\nname: made-here\n---\n${instructions}`, 1],
      ['emptyDescription', `---\nname: made-here\ndescription:\n---\n${instructions}`, 1],
      ['badName', `---\nname: Made_Here\ndescription: d\n---\n${instructions}`, 1],
      ['longDescription', `---\nname: made-here\ndescription: ${'word '.repeat(300)}\n---\n${instructions}`, 1],
      ['longCompatibility', `---\n${described}\ncompatibility: ${'word '.repeat(150)}\n---\n${instructions}`, 1],
      ['wrongType', `---\n${described}\nlicense: 1.0\n---\n${instructions}`, 1],
      ['unknownField', `---\n${described}\nversion: 1.0\n---\n${instructions}`, 2],
    ];
    for (const [kind, text, count] of cases) {
      for (let index = 0; index < count; index++) {
        await write(text);
        assert.deepEqual(judged(), [kind]);
        const offered = await fixes();
        assert.equal(offered.length, count, kind);
        const edit = offered[index]?.edit ?? assert.fail();
        assert.ok(await vscode.workspace.applyEdit(edit));
        assert.deepEqual(judged(), []);
      }
    }
  });

  it('can be called as its folder, or its folder as it', async () => {
    await open(`---\nname: renamed\ndescription: d\n---\n${instructions}`);
    await until(() => vscode.languages.getDiagnostics(uri).length > 0);
    const offered = await fixes();
    assert.equal(offered.length, 2);
    const edit = offered[1]?.edit ?? assert.fail();
    assert.ok(await vscode.workspace.applyEdit(edit));
    const renamed = vscode.Uri.joinPath(skills(), 'renamed', 'SKILL.md');
    await until(() => vscode.window.activeTextEditor?.document.uri.toString() === renamed.toString());
    assert.deepEqual([kinds(), kinds(renamed)], [[], []]);
  });

  it('is fixed at once where that is safe', async () => {
    await open('---\ndescription: Use it when: now\nlicense: 1.0\n# Make\n\nMake it.\n');
    await findings('notClosed');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      new vscode.Range(0, 0, 0, 0),
      'source.fixAll.agentRuns',
    );
    const edit = actions[0]?.edit ?? assert.fail();
    assert.ok(await vscode.workspace.applyEdit(edit));
    await findings();
  });

  it('completes and explains the fields of its front matter, and nothing below', async () => {
    const document = await open('---\nname: \nli\n---\nli\n');
    const completed = async (line: number, character: number): Promise<vscode.CompletionItem[]> => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        new vscode.Position(line, character),
      );
      // Words of the text and other extensions have theirs.
      return items.filter(
        ({ kind }) => kind === vscode.CompletionItemKind.Property || kind === vscode.CompletionItemKind.Value,
      );
    };
    const names = (await completed(2, 2)).map(({ label }) => label);
    assert.ok(names.includes('license') && names.includes('description') && !names.includes('name'));
    assert.ok((await completed(1, 6)).some(({ label }) => label === 'made-here'));
    assert.ok(!(await completed(4, 2)).some(({ label }) => label === 'license'));

    const hovers = (line: number): Thenable<vscode.Hover[]> =>
      vscode.commands.executeCommand('vscode.executeHoverProvider', uri, new vscode.Position(line, 1));
    const all = await hovers(1);
    assert.equal(all.length, 1, 'the editor explains it, or this does');
    const [words] = all[0]?.contents as vscode.MarkdownString[];
    assert.ok(words?.value && !words.isTrusted);
    await write('name: x\n---\n');
    assert.equal((await hovers(0)).length, 0);
    assert.ok(document.isDirty);
  });
});

describe('New Skill', () => {
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(async () => {
    await inputs.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await fs.rm(path.join(skills().fsPath, 'made-here'), { recursive: true, force: true });
  });

  const draft = (name: string): Record<string, unknown> => ({ name, description: 'Makes: a thing.' });

  it('makes one with the cursor in its instructions, and keeps what was typed until then', async () => {
    const { memento } = setUp();
    const key = 'agentRuns.newSkill.draft';
    await memento.update(key, draft('made-here'));
    const left = newSkill({ memento }, vscode.Uri.joinPath(folder(), '.agents'));
    assert.equal(((await inputs.next()) as vscode.InputBox).value, 'made-here');
    await inputs.enter();
    await inputs.next();
    await inputs.escape();
    await left;
    assert.deepEqual(memento.get(key), draft('made-here'));

    const done = newSkill({ memento }, vscode.Uri.joinPath(folder(), '.agents'));
    await inputs.next();
    await inputs.enter();
    await inputs.next();
    await inputs.enter();
    await done;
    const { document, selection } = vscode.window.activeTextEditor ?? assert.fail();
    assert.equal(document.uri.path, `${skills().path}/made-here/SKILL.md`);
    assert.equal(document.isDirty, false);
    assert.match(document.getText(), /^---\nname: made-here\ndescription: "Makes: a thing\."\n---\n/);
    assert.ok(document.getText(selection).length > 10 && selection.start.line > 4);
    assert.equal(memento.get(key), undefined);
  });

  it('makes a valid name of what was typed, and keeps that in the box', async () => {
    const { memento } = setUp();
    await memento.update('agentRuns.newSkill.draft', draft('Made Here!'));
    const done = newSkill({ memento }, vscode.Uri.joinPath(folder(), '.agents'));
    await inputs.next();
    await inputs.enter();
    assert.match(((await inputs.next()) as vscode.InputBox).prompt ?? '', /made-here/);
    assert.deepEqual(memento.get('agentRuns.newSkill.draft'), draft('Made Here!'));
    await inputs.enter();
    await done;
    const { document } = vscode.window.activeTextEditor ?? assert.fail();
    assert.equal(document.uri.path, `${skills().path}/made-here/SKILL.md`);
    assert.match(document.getText(), /^---\nname: made-here\n/);
  });

  it('takes no name that is taken, or of which nothing is left', async () => {
    for (const name of ['write-tests', 'Write Tests', '!?', '']) {
      const { memento } = setUp();
      await memento.update('agentRuns.newSkill.draft', draft(name));
      const done = newSkill({ memento }, vscode.Uri.joinPath(folder(), '.agents'));
      const box = (await inputs.next()) as vscode.InputBox;
      await inputs.enter();
      await until(() => Boolean(box.validationMessage));
      await inputs.escape();
      await done;
    }
  });
});

describe('an agent for a problem', () => {
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(async () => {
    await inputs.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const file = (): vscode.Uri => vscode.Uri.joinPath(folder(), 'src/checkout.ts');

  async function actions(range: vscode.Range): Promise<vscode.Command[]> {
    const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      file(),
      range,
    );
    return all.flatMap(({ command }) => (command?.command === 'agentRuns.fixWithAgent' ? [command] : []));
  }

  it('is offered for a TODO and for what others found wrong, and gets the function around it', async () => {
    const { document } = await vscode.window.showTextDocument(file());
    const line = document
      .getText()
      .split('\n')
      .findIndex((text) => text.includes('TODO'));
    const [todo, ...more] = await actions(new vscode.Range(line, 0, line, 0));
    assert.ok(todo && more.length === 0);
    assert.deepEqual(await actions(new vscode.Range(0, 0, 0, 0)), []);

    const others = vscode.languages.createDiagnosticCollection('others');
    try {
      const at = new vscode.Range(line + 1, 0, line + 1, 5);
      const hint = new vscode.Diagnostic(at, 'a hint', vscode.DiagnosticSeverity.Hint);
      others.set(file(), [hint, new vscode.Diagnostic(at, 'one'), new vscode.Diagnostic(at, 'two')]);
      const [problem, ...rest] = await until(async () => {
        const offered = await actions(at);
        return offered.length > 0 && offered;
      });
      assert.equal(rest.length, 0);
      const [{ problems }] = problem?.arguments as [{ problems: unknown }];
      assert.deepEqual(problems, [
        { line: line + 1, words: 'one' },
        { line: line + 1, words: 'two' },
      ]);
    } finally {
      others.dispose();
    }

    const setting = setUp();
    const done = fixWithAgent(setting.deps, todo.arguments?.[0]);
    const box = (await inputs.next()) as vscode.InputBox;
    const words = box.value;
    await inputs.enter();
    await inputs.nextPick();
    await inputs.enter();
    await done;
    const [{ prompt = '' } = {}] = setting.launched;
    assert.ok(prompt.startsWith(`${words}\n\nFile: src/checkout.ts\nRepository: acme/storefront\nBranch: main\n`));
    assert.ok(prompt.includes(document.lineAt(line).text));
  });

  it('is not offered where the workspace is not trusted', async () => {
    const trusted = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted') ?? assert.fail();
    const setting = setUp();
    Object.defineProperty(vscode.workspace, 'isTrusted', { get: () => false, configurable: true });
    try {
      await fixWithAgent(setting.deps, { uri: file().toString(), firstLine: 1, lastLine: 1, todo: 'x' });
      assert.deepEqual([setting.launched.length, inputs.messages.length], [0, 1]);
    } finally {
      Object.defineProperty(vscode.workspace, 'isTrusted', trusted);
    }
  });
});
