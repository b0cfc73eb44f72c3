import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];

/** A picture made of rectangles, as PNG: enough for a screenshot to look like one. */
export class Picture {
  readonly #pixels: Buffer;

  constructor(
    readonly width: number,
    readonly height: number,
    background: Colour,
  ) {
    this.#pixels = Buffer.alloc(width * height * 3);
    this.box(0, 0, width, height, background);
  }

  box(left: number, top: number, width: number, height: number, colour: Colour): this {
    for (let y = Math.max(0, top); y < Math.min(this.height, top + height); y++) {
      for (let x = Math.max(0, left); x < Math.min(this.width, left + width); x++) {
        this.#pixels.set(colour, (y * this.width + x) * 3);
      }
    }
    return this;
  }

  toPng(): Buffer {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.width, 0);
    header.writeUInt32BE(this.height, 4);
    header.set([8, 2, 0, 0, 0], 8);
    const row = this.width * 3;
    const rows = Buffer.alloc((row + 1) * this.height);
    for (let y = 0; y < this.height; y++) this.#pixels.copy(rows, y * (row + 1) + 1, y * row, (y + 1) * row);
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** A shop's page in a light or a dark theme. */
export function shopPage(isDark: boolean, accent: Colour = [36, 99, 235]): Buffer {
  const page: Colour = isDark ? [22, 22, 26] : [250, 250, 252];
  const card: Colour = isDark ? [38, 38, 44] : [255, 255, 255];
  const line: Colour = isDark ? [58, 58, 66] : [226, 226, 230];
  const text: Colour = isDark ? [160, 160, 170] : [120, 120, 130];
  const picture = new Picture(960, 600, page).box(0, 0, 960, 56, card).box(0, 56, 960, 1, line);
  picture.box(32, 20, 120, 16, accent);
  for (let item = 0; item < 4; item++) picture.box(560 + item * 95, 24, 70, 8, text);
  for (let row = 0; row < 3; row++) {
    const top = 96 + row * 150;
    picture
      .box(32, top, 580, 130, line)
      .box(33, top + 1, 578, 128, card)
      .box(49, top + 17, 96, 96, line);
    picture
      .box(169, top + 24, 220, 12, text)
      .box(169, top + 52, 300, 8, line)
      .box(169, top + 72, 260, 8, line);
    picture.box(530, top + 24, 60, 12, text);
  }
  picture.box(648, 96, 280, 300, line).box(649, 97, 278, 298, card);
  for (let row = 0; row < 4; row++)
    picture.box(672, 128 + row * 36, 120, 8, line).box(860, 128 + row * 36, 44, 8, text);
  return picture.box(672, 320, 232, 48, accent).box(740, 340, 96, 8, [255, 255, 255]).toPng();
}
