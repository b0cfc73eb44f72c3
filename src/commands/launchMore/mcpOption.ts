import * as vscode from 'vscode';
import type { McpSource } from '../../model/launchOptions';
import { plain } from '../../platform/plainText';
import { back } from '../askText';
import { chooseItem, type Item } from '../chooseItem';
import { fileWords, ProblemWithFile, readMcpFile } from '../launchContents';
import type { ChosenOptions } from './chosenOptions';
import type { OptionKind } from './optionKind';

/** Where editors and agents keep their servers. */
const usualFiles = '**/{.mcp,mcp,mcp_servers,mcp-servers,mcp_config}.json';
const mostOffered = 20;

/**
 * @param hasBefore the launch that this one is like has servers
 * @param isReadAtOnce a file is read when it is chosen, not at the launch, and what was there before stays as it is
 */
export function mcpOption(hasBefore: boolean, isReadAtOnce = false): OptionKind {
  const { t } = vscode.l10n;
  const label = t('MCP Servers');
  const hidden = isReadAtOnce ? undefined : t('But for what the service hides.');
  let seen: { file: string; mark: string | undefined } | undefined;
  return {
    name: 'mcpServers',
    icon: 'plug',
    label,
    value: ({ mcpServers }) => mcpServers && sourceWords(mcpServers),
    warning: ({ mcpServers }) =>
      mcpServers && 'file' in mcpServers && mcpServers.file === seen?.file ? seen.mark : undefined,
    look: ({ mcpServers }) =>
      mcpServers && 'file' in mcpServers
        ? markOf(mcpServers.file).then((mark) => {
            seen = { file: mcpServers.file, mark };
          })
        : undefined,
    ask: async (options, problem) => {
      const files = vscode.workspace.isTrusted
        ? await vscode.workspace.findFiles(usualFiles, '**/node_modules/**', mostOffered)
        : [];
      const item = (id: string, text: string, detail?: string): Item => ({ id, label: text, detail });
      const picked = await chooseItem<Item>({
        title: label,
        placeholder: problem
          ? t('Nothing was launched: {0} Choose another file, or none.', problem.message)
          : isReadAtOnce
            ? t('A JSON file with the servers; it is read now, and not again when it changes')
            : t('A JSON file with the servers; it is read when the run is launched'),
        canGoBack: true,
        activeId: options.all.mcpServers && idOf(options.all.mcpServers),
        items: () => [
          ...files.map((uri) => item(uri.toString(), `$(json) ${fileWords(uri)}`)),
          item('open', `$(folder-opened) ${t('Choose a File…')}`),
          ...(problem?.canOpen ? [item('mend', `$(go-to-file) ${t('Open File')}`, problem.message)] : []),
          ...(hasBefore ? [item('before', `$(history) ${t('As Before')}`, hidden)] : []),
          ...(options.all.mcpServers ? [item('none', `$(circle-slash) ${t('None')}`)] : []),
        ],
      });
      if (!picked || picked === back) {
        return;
      }
      switch (picked.id) {
        case 'before':
          options.set('mcpServers', { asBefore: true });
          break;
        case 'mend':
          await problem?.open();
          break;
        case 'none':
          options.set('mcpServers', undefined);
          break;
        case 'open': {
          const filters = { JSON: ['json', 'jsonc'] };
          const [uri] = (await vscode.window.showOpenDialog({ filters, openLabel: t('Use These Servers') })) ?? [];
          await take(uri, options);
          break;
        }
        default:
          await take(vscode.Uri.parse(picked.id), options);
      }
    },
  };
}

/** What is wrong with a file; undefined: nothing. */
async function markOf(file: string): Promise<string | undefined> {
  try {
    await readMcpFile(file);
    return undefined;
  } catch (error) {
    return error instanceof ProblemWithFile ? error.mark : plain(String(error), 80);
  }
}

/** A file that is wrong is said and not taken. */
async function take(uri: vscode.Uri | undefined, options: ChosenOptions): Promise<void> {
  const { t } = vscode.l10n;
  if (!uri) {
    return;
  }
  try {
    const { leftOut, hasPlaceholders } = await readMcpFile(uri.toString());
    options.set('mcpServers', { file: uri.toString() });
    const remarks = [
      leftOut.length > 0 ? t('Not sent, since the service does not know it: {0}.', plain(leftOut.join(', '), 200)) : '',
      hasPlaceholders ? t('What is written as {0} is sent as it stands: nobody fills it in.', '${…}') : '',
    ].filter(Boolean);
    if (remarks.length > 0) {
      void vscode.window.showWarningMessage(remarks.join(' '));
    }
  } catch (error) {
    if (!(error instanceof ProblemWithFile)) {
      throw error;
    }
    // Not waited for: the sheet is back at once.
    void error.show();
  }
}

function sourceWords(source: McpSource): string {
  return 'file' in source ? fileWords(vscode.Uri.parse(source.file)) : vscode.l10n.t('as before');
}

function idOf(source: McpSource): string {
  return 'file' in source ? source.file : 'before';
}
