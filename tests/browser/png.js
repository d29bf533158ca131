// Makes a screenshot small: at most 64 colours, a byte a pixel. Reads what Chromium writes: eight bits, no interlacing.

import { deflateSync, inflateSync } from 'node:zlib';

const CRC = new Uint32Array(256).map((_, n) => {
  for (let k = 0; k < 8; k += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = CRC[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const all = Buffer.alloc(named.length + 8);
  all.writeUInt32BE(data.length, 0);
  named.copy(all, 4);
  all.writeUInt32BE(crc(named), named.length + 4);
  return all;
}

// The pixels of a PNG as rows of colours 0xRRGGBB, at most `most` rows.
function pixels(png, most) {
  const width = png.readUInt32BE(16);
  const height = Math.min(png.readUInt32BE(20), most);
  const channels = png[25] === 6 ? 4 : 3;
  const data = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  let before = new Uint8Array(stride);
  const rows = [];
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    const line = raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    const now = new Uint8Array(stride);
    for (let x = 0; x < stride; x += 1) {
      const a = x >= channels ? now[x - channels] : 0;
      const b = before[x];
      const c = x >= channels ? before[x - channels] : 0;
      const p = a + b - c;
      const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
      const paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      now[x] = line[x] + [0, a, b, (a + b) >> 1, paeth][filter];
    }
    const row = new Uint32Array(width);
    for (let x = 0; x < width; x += 1) {
      const at = x * channels;
      row[x] = (now[at] << 16) | (now[at + 1] << 8) | now[at + 2];
    }
    rows.push(row);
    before = now;
  }
  return rows;
}

const apart = (a, b) => Math.abs((a >> 16) - (b >> 16)) + Math.abs(((a >> 8) & 255) - ((b >> 8) & 255))
  + Math.abs((a & 255) - (b & 255));

// The same picture in few colours, from the top as far as fits into `bytes`.
export function small(png, bytes = 60 * 1024) {
  for (let rows = 1600; ; rows -= 100) {
    const drawn = fewColours(png, rows);
    if (drawn.length <= bytes || rows <= 400) return drawn;
  }
}

function fewColours(png, most) {
  const rows = pixels(png, most);
  const count = new Map();
  for (const row of rows) for (const colour of row) count.set(colour, (count.get(colour) ?? 0) + 1);
  const palette = [];
  for (const [colour] of [...count].sort((a, b) => b[1] - a[1])) {
    if (palette.length < 64 && palette.every((one) => apart(one, colour) > 6)) palette.push(colour);
  }
  const nearest = new Map();
  const index = (colour) => {
    if (!nearest.has(colour)) {
      let best = 0;
      palette.forEach((one, n) => { if (apart(one, colour) < apart(palette[best], colour)) best = n; });
      nearest.set(colour, best);
    }
    return nearest.get(colour);
  };
  const width = rows[0].length;
  const raw = Buffer.alloc(rows.length * (width + 1));
  rows.forEach((row, y) => row.forEach((colour, x) => { raw[y * (width + 1) + 1 + x] = index(colour); }));
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(rows.length, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(raw, { level: 9 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}
