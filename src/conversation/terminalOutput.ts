import Anser from 'anser';
import { textOf } from './viewNodes';
import { visibleText } from './visibleText';
import type { ViewNode } from './viewNodes';

/** Operating system commands (titles, links, clipboard), device strings, and every control sequence but colours. */
const sequences =
  /\u001b(?:[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\[[0-?]*[ -/]*[@-ln-~]|[ -/]*[0-OQ-WYZ\\`-~])/g;

const colours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const styles: readonly string[] = ['bold', 'dim', 'italic', 'underline'];

/** What a terminal would show of a command's output: its text and its 16 colours. Everything else is dropped. */
export function terminalNodes(output: string): ViewNode[] {
  const text = output.replace(sequences, '').split('\n').map(lastOverwrite).join('\n');
  if (!text.includes('\u001b')) {
    return [visibleText(text)];
  }
  return Anser.ansiToJson(text, { json: true, use_classes: true, remove_empty: true }).map((part): ViewNode => {
    // A badge (white on red) becomes text in its ground's colour: that is readable on every theme.
    const colour = colourClass(part.bg) || colourClass(part.fg);
    const names = [colour, ...part.decorations.filter((name) => styles.includes(name))].filter((name) => name !== '');
    const shown = visibleText(part.content);
    return names.length === 0 ? shown : ['span', names.join(' '), shown];
  });
}

/** The same as plain text, for copying. */
export function terminalText(output: string): string {
  return terminalNodes(output).map(textOf).join('');
}

/** A progress bar returns to the start of its line: only its last form stays. */
function lastOverwrite(line: string): string {
  const trimmed = line.endsWith('\r') ? line.slice(0, -1) : line;
  return trimmed.slice(trimmed.lastIndexOf('\r') + 1);
}

function colourClass(name: string | null): string {
  const [, bright = '', colour = ''] = /^ansi-(bright-)?([a-z]+)$/.exec(name ?? '') ?? [];
  return colours.includes(colour) ? `ansi-${bright}${colour}` : '';
}
