import Anser from 'anser';
import { visibleText } from '../platform/plainText';
import type { ViewNode } from './viewNodes';

/** Operating system commands (titles, links, clipboard), device strings, and every control sequence but colours. */
const sequences =
  /\u001b(?:[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\[[0-?]*[ -/]*[@-ln-~]|[ -/]*[0-OQ-WYZ\\`-~])/g;

/** But tab and line break. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

type Part = Pick<Anser.AnserJsonEntry, 'content' | 'bg' | 'fg' | 'decorations'>;

const colours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const styles: readonly string[] = ['bold', 'dim', 'italic', 'underline'];

/** What a terminal would show of a command's output: its text and its 16 colours. Everything else is dropped. */
export function terminalNodes(output: string): ViewNode[] {
  return parts(output).map((part): ViewNode => {
    // A badge (white on red) becomes text in its ground's colour: that is readable on every theme.
    const colour = colourClass(part.bg) || colourClass(part.fg);
    const names = [colour, ...part.decorations.filter((name) => styles.includes(name))].filter((name) => name !== '');
    const shown = visibleText(part.content);
    return names.length === 0 ? shown : ['span', names.join(' '), shown];
  });
}

/** The text alone, as it was printed, for copying. Control characters print nothing and would act where it is pasted. */
export function terminalText(output: string): string {
  return parts(output)
    .map(({ content }) => content)
    .join('')
    .replace(controls, '');
}

function parts(output: string): Part[] {
  const text = output.replace(sequences, '').split('\n').map(lastOverwrite).join('\n');
  return text.includes('\u001b')
    ? Anser.ansiToJson(text, { json: true, use_classes: true, remove_empty: true })
    : [{ content: text, fg: '', bg: '', decorations: [] }];
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
