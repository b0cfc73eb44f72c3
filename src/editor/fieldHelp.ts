import * as vscode from 'vscode';
import { fieldAt, frontMatterPlace } from '../model/frontMatterPlace';
import { skillFields } from '../model/skillFields';
import { yamlText } from '../model/yamlText';
import { plain } from '../platform/plainText';
import { isExplainedByEditor } from './editorsOwn';
import { fieldWords } from './fieldWords';
import { rangeOf } from './skillDiagnostics';
import { folderNameOf } from './skillDocument';

/** What can be written at a place of the front matter. */
export function completions(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
  const place = frontMatterPlace(document.getText(), document.offsetAt(position));
  if (!place) {
    return [];
  }
  const range = rangeOf(document, place);
  const folderName = folderNameOf(document.uri);
  const { t } = vscode.l10n;
  switch (place.kind) {
    case 'skeleton': {
      const insertText = new vscode.SnippetString('---\n')
        .appendText(`name: ${yamlText(folderName)}\ndescription: `)
        .appendPlaceholder(descriptionExample())
        .appendText('\n---\n\n')
        .appendPlaceholder(t('Say what the agent should do.'))
        .appendText('\n');
      const documentation = t('The name and the description of the skill, between two lines of three dashes.');
      const filterText = document.getText(range) || '---';
      const label = t('Front matter of a skill');
      return [item(label, vscode.CompletionItemKind.Snippet, { range, insertText, documentation, filterText })];
    }
    case 'field':
      return skillFields
        .filter(({ name }) => !place.present.has(name) && !isExplainedByEditor(document, name))
        .map(({ name, isRequired }, index) =>
          item(name, vscode.CompletionItemKind.Property, {
            range,
            insertText: fieldSnippet(name, folderName),
            detail: isRequired ? t('required') : undefined,
            documentation: fieldWords(name),
            sortText: String(index),
          }),
        );
    case 'value': {
      const insertText = yamlText(folderName);
      const detail = t('the name of the folder');
      return place.field === 'name'
        ? [
            item(plain(folderName), vscode.CompletionItemKind.Value, {
              range,
              insertText,
              filterText: insertText,
              detail,
            }),
          ]
        : [];
    }
  }
}

function item(
  label: string,
  kind: vscode.CompletionItemKind,
  facts: Omit<vscode.CompletionItem, 'label' | 'kind'>,
): vscode.CompletionItem {
  return Object.assign(new vscode.CompletionItem(label, kind), facts);
}

/** What the field is for whose name is at a place, unless the editor says it. The words are all from here. */
export function hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
  const field = fieldAt(document.getText(), document.offsetAt(position));
  if (!field || isExplainedByEditor(document, field.name)) {
    return undefined;
  }
  const words = fieldWords(field.name);
  return words ? new vscode.Hover(new vscode.MarkdownString().appendText(words), rangeOf(document, field)) : undefined;
}

function fieldSnippet(name: string, folderName: string): vscode.SnippetString {
  const { t } = vscode.l10n;
  const snippet = new vscode.SnippetString(`${name}: `);
  switch (name) {
    case 'name':
      return snippet.appendText(yamlText(folderName));
    case 'description':
      return snippet.appendPlaceholder(descriptionExample());
    case 'license':
      return snippet.appendPlaceholder('MIT');
    case 'compatibility':
      return snippet.appendPlaceholder(t('Needs git and the network'));
    case 'metadata':
      return new vscode.SnippetString('metadata:\n  ')
        .appendPlaceholder('author')
        .appendText(': ')
        .appendPlaceholder('');
    default:
      return snippet.appendPlaceholder('');
  }
}

function descriptionExample(): string {
  return vscode.l10n.t('What the skill does. Use it when …');
}
