import { allVersions, versions } from '../vscode/versions';
import { openEditor, type Editor } from './editor';

for (const version of allVersions) {
  describe(`in VS Code ${versions[version].vscode}`, () => {
    let editor: Editor;

    before(async () => {
      editor = await openEditor({ version });
    });

    after(async () => {
      await editor.close();
    });

    it('shows the runs in the side bar', async () => {
      const { workbench } = editor;
      await workbench.openContainer('Agent Runs');
      const runs = await workbench.view('Runs');
      await workbench.rows(runs).first().waitFor();
      await workbench.screenshot(`smoke-${version}`);
    });
  });
}
