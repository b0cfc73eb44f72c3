import * as vscode from 'vscode';
import type { McpProblem } from '../../model/mcpServers';
import { plain } from '../../platform/plainText';

/** What is wrong with a file of MCP servers, and where. Never shows a value: it may be a secret. */
export function mcpProblemWords(problem: McpProblem): string {
  const { t } = vscode.l10n;
  switch (problem.kind) {
    case 'tooLong':
      return t('It is too long for a file of MCP servers.');
    case 'notJson':
      return t('Line {0}, column {1}: this is not valid JSON.', problem.line, problem.column);
    case 'noServers':
      return t('It names no server.');
    case 'wrong':
      return problem.path.length === 0
        ? t('It must be an object with the servers by their names.')
        : t('{0}: {1}', plain(problem.path.join(' → '), 120), needWords(problem.need));
  }
}

function needWords(need: Extract<McpProblem, { kind: 'wrong' }>['need']): string {
  const { t } = vscode.l10n;
  switch (need) {
    case 'object':
      return t('this must be an object.');
    case 'oneWay':
      return t('a server has exactly one of warp_id, command and url.');
    case 'text':
      return t('this must be a text.');
    case 'texts':
      return t('this must be a list of texts.');
    case 'address':
      return t('this must be an address with http or https.');
  }
}
