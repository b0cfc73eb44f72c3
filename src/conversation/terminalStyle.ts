/** How a piece of a command's output looks: in the colours of the theme, which are the terminal's 16. */
export interface TerminalStyle {
  readonly fore?: string;
  readonly back?: string;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly strike?: true;
  readonly inverse?: true;
}

export const plainStyle: TerminalStyle = {};

/** The classes that the style sheet knows for it; none for plain text. */
export function styleClasses(style: TerminalStyle): string {
  const { fore, back, inverse } = style;
  // A badge (white on red) becomes text in its ground's colour: that is readable on every theme.
  const colour = back ?? fore;
  const shapes = (['bold', 'dim', 'italic', 'underline', 'strike'] as const).filter((name) => style[name]);
  return [
    ...(colour === undefined ? [] : [`ansi-${colour}`]),
    ...(inverse && colour === undefined ? ['inverse'] : []),
    ...shapes,
  ].join(' ');
}

const colours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** The style after a sequence that sets some of it, by the sequence's parameters. */
export function styled(style: TerminalStyle, parameters: string): TerminalStyle {
  let next = style;
  const codes = parameters.split(';');
  for (let index = 0; index < codes.length; index++) {
    // `4:3` is one kind of underline, `38:2::10:20:30` a colour in one piece.
    const [code, ...inner] = (codes[index] ?? '').split(':').map(Number);
    if (code === 38 || code === 48) {
      const given = inner.length > 0 ? inner : codes.slice(index + 1, index + 5).map(Number);
      const colour = extended(given);
      next = { ...next, [code === 38 ? 'fore' : 'back']: colour };
      index += inner.length > 0 ? 0 : given[0] === 5 ? 2 : 4;
    } else {
      next = simple(next, code ?? 0, inner);
    }
  }
  return next;
}

const shapes = new Map<number, Partial<TerminalStyle>>([
  [1, { bold: true }],
  [2, { dim: true }],
  [3, { italic: true }],
  [4, { underline: true }],
  [7, { inverse: true }],
  [9, { strike: true }],
]);
const ends = new Map<number, readonly (keyof TerminalStyle)[]>([
  [21, ['bold']],
  [22, ['bold', 'dim']],
  [23, ['italic']],
  [24, ['underline']],
  [27, ['inverse']],
  [29, ['strike']],
  [39, ['fore']],
  [49, ['back']],
]);

function simple(style: TerminalStyle, code: number, inner: readonly number[]): TerminalStyle {
  if (code === 0) {
    return plainStyle;
  }
  const ended = code === 4 && inner[0] === 0 ? ends.get(24) : ends.get(code);
  if (ended) {
    return Object.fromEntries(Object.entries(style).filter(([name]) => !ended.some((one) => one === name)));
  }
  const tens = Math.floor(code / 10);
  const name = colours[code % 10];
  if (name !== undefined && [3, 4, 9, 10].includes(tens)) {
    return { ...style, [tens === 3 || tens === 9 ? 'fore' : 'back']: tens > 4 ? `bright-${name}` : name };
  }
  return { ...style, ...shapes.get(code) };
}

/** Of 256 colours or of all: the one of the 16 that is nearest. */
function extended([mode, ...values]: readonly number[]): string | undefined {
  if (mode === 5) {
    return ofPalette(values[0] ?? NaN);
  }
  const [red = NaN, green = NaN, blue = NaN] = values.slice(-3);
  return mode === 2 ? nearest(red, green, blue) : undefined;
}

function ofPalette(number: number): string | undefined {
  if (!Number.isInteger(number) || number < 0 || number > 255) {
    return undefined;
  }
  if (number < 16) {
    return `${number > 7 ? 'bright-' : ''}${colours[number % 8] ?? ''}`;
  }
  // A cube of 6 × 6 × 6 colours, then 24 greys.
  const level = (part: number): number => (part === 0 ? 0 : 55 + part * 40);
  const place = number - 16;
  const grey = 8 + (number - 232) * 10;
  return number > 231
    ? nearest(grey, grey, grey)
    : nearest(level(Math.floor(place / 36)), level(Math.floor(place / 6) % 6), level(place % 6));
}

/** By which of its parts are strong: a theme's red is no exact red either. */
function nearest(red: number, green: number, blue: number): string | undefined {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  if (!(least >= 0 && most <= 255)) {
    return undefined;
  }
  if (most - least < 32) {
    return most < 64 ? 'black' : most < 128 ? 'bright-black' : most < 224 ? 'white' : 'bright-white';
  }
  const strong = (part: number): number => (part > (most + least) / 2 ? 1 : 0);
  const name = colours[strong(red) + 2 * strong(green) + 4 * strong(blue)] ?? '';
  return most > 224 ? `bright-${name}` : name;
}
