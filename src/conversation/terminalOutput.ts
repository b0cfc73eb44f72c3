import { visibleText } from '../platform/plainText';
import { plainStyle, styleClasses, styled, type TerminalStyle } from './terminalStyle';
import type { ViewNode } from './viewNodes';

/** Operating system commands (titles, links, clipboard), device strings, and every control sequence but colours. */
const sequences =
  /\u001b(?:[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\[[0-?]*[ -/]*[@-ln-~]|\[[0-;]*[<-?][0-?]*m|[ -/]*[0-OQ-WYZ\\`-~])/g;

/** What sets colours and the like: its parameters are parted by `;` or `:`. */
const graphics = /\u001b\[([0-9;:]*)m/g;

/** But tab and line break. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** What a terminal would show of a command's output: its text and its colours, as the theme has them. Everything else is dropped. */
export function terminalNodes(output: string): ViewNode[] {
  const nodes: ViewNode[] = [];
  for (const { text, style } of parts(output)) {
    const names = styleClasses(style);
    const shown = visibleText(text);
    nodes.push(names === '' ? shown : ['span', names, shown]);
  }
  return nodes;
}

/** The text alone, as it was printed, for copying. Control characters print nothing and would act where it is pasted. */
export function terminalText(output: string): string {
  return lastForm(output).replace(graphics, '').replace(controls, '');
}

interface Part {
  text: string;
  style: TerminalStyle;
}

function parts(output: string): Part[] {
  const text = lastForm(output);
  const found: Part[] = [];
  let style = plainStyle;
  let start = 0;
  const add = (end: number): void => {
    if (end > start) {
      found.push({ text: text.slice(start, end), style });
    }
  };
  for (const match of text.matchAll(graphics)) {
    add(match.index);
    start = match.index + match[0].length;
    style = styled(style, match[1] ?? '');
  }
  add(text.length);
  return found;
}

function lastForm(output: string): string {
  const text = output.replace(sequences, '');
  return /[\r\b]/.test(text) ? text.split('\n').map(lastOverwrite).join('\n') : text;
}

/** A progress bar returns to the start of its line: only its last form stays, in the colours that were set by then. */
function lastOverwrite(line: string): string {
  let end = line.length;
  // No expression for it: one takes seconds where very many returns stand before something else.
  while (line[end - 1] === '\r') {
    end--;
  }
  const trimmed = line.slice(0, end);
  const start = trimmed.lastIndexOf('\r') + 1;
  const colours = start === 0 ? '' : (trimmed.slice(0, start).match(graphics) ?? []).join('');
  return colours + withoutErased(trimmed.slice(start));
}

/** A backspace takes the character before it away, as it does where a spinner turns. */
function withoutErased(line: string): string {
  if (!line.includes('\b')) {
    return line;
  }
  const pieces = line.match(/\u001b\[[0-9;:]*m|[\s\S]/gu) ?? [];
  const shown: number[] = [];
  pieces.forEach((piece, place) => {
    if (piece === '\b') {
      pieces[place] = '';
      pieces[shown.pop() ?? place] = '';
    } else if (!piece.startsWith('\u001b[')) {
      shown.push(place);
    }
  });
  return pieces.join('');
}
