import type { ErrorHelp } from '../model/errorHelp';
import { commandButton } from './commandButton';
import type { CommandName } from './protocol';
import type { RenderContext } from './renderContext';
import type { ViewNode } from './viewNodes';

const commands: Record<ErrorHelp, CommandName> = {
  topUp: 'topUp',
  connect: 'connectGitHub',
  environment: 'openEnvironment',
  key: 'setKey',
  retry: 'runAgain',
  browser: 'openBrowser',
};

/** The button that leads to the one step which helps after an error. */
export function helpNode(help: ErrorHelp, { words }: RenderContext): ViewNode {
  return commandButton(commands[help], words.helpButton(help).button);
}
