/** Long guides: one form that is filled in field by field, a long page that is scrolled, and flows of this repository repeated. */
import { mkdirSync, readdirSync, writeFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, crc32 } from 'node:zlib';

const WIDTH = 1280;
const HEIGHT = 800;
const COLUMNS = 8;

/** @param {string} kind @param {Buffer} body */
function chunk(kind, body) {
  const named = Buffer.concat([Buffer.from(kind), body]);
  const made = Buffer.alloc(8);
  made.writeUInt32BE(body.length, 0);
  made.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([made.subarray(0, 4), named, made.subarray(4)]);
}

/** A picture of grey levels as PNG. @param {Buffer} pixels */
function png(pixels) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head[8] = 8;
  const rows = Buffer.alloc((WIDTH + 1) * HEIGHT);
  for (let y = 0; y < HEIGHT; y += 1) pixels.copy(rows, y * (WIDTH + 1) + 1, y * WIDTH, (y + 1) * WIDTH);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** @param {Buffer} pixels @param {number} x @param {number} y @param {number} w @param {number} h @param {number} level */
function fill(pixels, x, y, w, h, level) {
  for (let row = y; row < y + h; row += 1) pixels.fill(level, row * WIDTH + x, row * WIDTH + x + w);
}

/** Where field N stands. @param {number} index @param {number} total */
function field(index, total) {
  const rows = Math.ceil(total / COLUMNS);
  const height = Math.floor((HEIGHT - 60) / rows);
  return { x: 20 + (index % COLUMNS) * 155, y: 50 + Math.floor(index / COLUMNS) * height, w: 140, h: Math.max(8, Math.min(28, height - 6)) };
}

/** Strokes that stand for the letters of a word. @param {Buffer} pixels @param {{x: number, y: number, w: number, h: number}} at @param {number} word */
function letters(pixels, { x, y, w, h }, word) {
  let seed = word * 7919 + 13;
  for (let left = x + 6; left < x + w - 14; left += 7) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    fill(pixels, left, y + 3, 1 + ((seed >> 3) & 1), h - 6, 40 + (seed % 60));
    fill(pixels, left, y + 3 + ((seed >> 5) % Math.max(1, h - 7)), 5, 1, 60);
  }
}

/** A form of `total` fields, each filled in by a step. @param {string} folder @param {number} total */
export function form(folder, total) {
  mkdirSync(join(folder, 'shots'), { recursive: true });
  const pixels = Buffer.alloc(WIDTH * HEIGHT, 250);
  fill(pixels, 0, 0, WIDTH, 36, 60);
  for (let index = 0; index < total; index += 1) {
    const { x, y, w, h } = field(index, total);
    fill(pixels, x, y, w, h, 180);
    fill(pixels, x + 1, y + 1, w - 2, h - 2, 255);
  }
  let text = `---\ntitle: A form of ${total} fields\ndescription: Each step fills one field in.\n---\n\n`;
  for (let index = 0; index < total; index += 1) {
    const at = field(index, total);
    const name = `shots/${String(index + 1).padStart(3, '0')}.png`;
    writeFileSync(join(folder, name), png(pixels));
    text += `${index + 1}. Fill in **field ${index + 1}**.\n\n   ![The form with ${index} fields filled in](${name})\n   <!-- @click ${at.x},${at.y} ${at.w}x${at.h} -->\n\n`;
    letters(pixels, at, index);
  }
  writeFileSync(join(folder, 'index.md'), text);
}

/** A long page below a bar that stays, scrolled further by each step: 300 to 700 pixels, and now and then back. @param {string} folder @param {number} total */
export function scrolled(folder, total) {
  mkdirSync(join(folder, 'shots'), { recursive: true });
  const bar = 56;
  let text = `---\ntitle: A page scrolled ${total} times\ndescription: Each step shows more of it.\n---\n\n`;
  let top = 0;
  for (let index = 0; index < total; index += 1) {
    // Paragraphs of four lines, each 22 pixels high; the first and the last may be cut.
    const page = Buffer.alloc(WIDTH * (HEIGHT + 44), 250);
    for (let line = Math.floor(top / 22); line * 22 < top + HEIGHT; line += 1) {
      const words = line % 5 === 0 ? 0 : 9;
      for (let word = 0; word < words; word += 1) letters(page, { x: 250 + word * 105, y: line * 22 - top + 22, w: 95, h: 18 }, line * 9 + word);
    }
    const pixels = page.subarray(WIDTH * 22, WIDTH * (22 + HEIGHT));
    fill(pixels, 0, 0, 220, HEIGHT, 235);
    for (let entry = 0; entry < 20; entry += 1) letters(pixels, { x: 20, y: 80 + entry * 34, w: 170, h: 18 }, entry + 77);
    fill(pixels, 0, 0, WIDTH, bar, 60);
    fill(pixels, 0, bar, WIDTH, 1, 20);
    const name = `shots/${String(index + 1).padStart(3, '0')}.png`;
    writeFileSync(join(folder, name), png(pixels));
    text += `${index + 1}. Read **part ${index + 1}**.\n\n   ![The page, scrolled down by ${top} pixels](${name})\n   <!-- @click 300,${120 + (index % 20) * 30} 90x24 -->\n\n`;
    top = index % 10 === 9 ? Math.max(0, top - 1500) : top + 300 + (index * 157) % 401;
  }
  writeFileSync(join(folder, 'index.md'), text);
}

/** Screenshots of recordings, one flow after the other until there are enough. @param {string} folder @param {number} total @param {string[]} sources Folders of pictures. */
export function mixed(folder, total, sources) {
  mkdirSync(join(folder, 'shots'), { recursive: true });
  const flows = sources.map((source) => readdirSync(source).filter((name) => name.endsWith('.png')).sort().map((name) => join(source, name)));
  const pictures = flows.flat();
  let text = `---\ntitle: ${total} steps\ndescription: Flows of several applications, one after the other.\n---\n\n`;
  for (let index = 0; index < total; index += 1) {
    const name = `shots/${String(index + 1).padStart(3, '0')}.png`;
    copyFileSync(pictures[index % pictures.length], join(folder, name));
    text += `${index + 1}. Choose **entry ${index + 1}** in the list, and wait until the page shows what it holds.\n\n   ![The application after ${index} entries](${name})\n   <!-- @click 200,${100 + (index % 20) * 20} 90x24 -->\n\n`;
  }
  writeFileSync(join(folder, 'index.md'), text);
}
