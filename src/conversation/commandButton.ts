import type { CommandName } from './protocol';
import type { ViewNode } from './viewNodes';

export function commandButton(name: CommandName, label: string): ViewNode {
  return ['button', { class: 'secondary', does: 'command', name }, label];
}
