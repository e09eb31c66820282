import { describe, expect, it } from 'vitest';
import { drawQrCode } from './qr-code.js';

const text = 'otpauth://totp/Demo:mia%40demo.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Demo';

/** Whether each module is dark, read back from the strokes of the drawing: `M x y` and `m dx dy` move, `h n` draws. */
function darkModules(svg: string): Set<string> {
  const path = /stroke="#000000" d="([^"]+)"/.exec(svg)?.[1] ?? '';
  const dark = new Set<string>();
  let x = 0;
  let y = 0;
  for (const [, command, first, second] of path.matchAll(/([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?/g)) {
    if (command === 'M') [x, y] = [Number(first), Math.floor(Number(second))];
    if (command === 'm') x += Number(first);
    if (command === 'h') for (const end = x + Number(first); x < end; x += 1) dark.add(`${x},${y}`);
  }
  return dark;
}

describe('the QR code of S18', () => {
  it('is a plain SVG document that scales, without title, script or reference', async () => {
    const svg = await drawQrCode(text);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*viewBox="0 0 \d+ \d+"[^>]*>/);
    expect(svg).toMatch(/<\/svg>$/);
    expect(svg).not.toMatch(/<title|<script|href|<image|<!/i);
  });

  it('has a white quiet zone of four modules on each side', async () => {
    const svg = await drawQrCode(text);
    const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
    expect(svg).toContain(`<path fill="#ffffff" d="M0 0h${size}v${size}H0z"/>`);
    const dark = [...darkModules(svg)].map((module) => module.split(',').map(Number));
    const edges = dark.flat();
    expect(Math.min(...edges)).toBe(4);
    expect(Math.max(...edges)).toBe(size - 5);
  });

  it('draws the three finder patterns', async () => {
    const svg = await drawQrCode(text);
    const dark = darkModules(svg);
    const far = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]) - 4 - 7;
    for (const [left, top] of [
      [4, 4],
      [far, 4],
      [4, far],
    ] as const) {
      for (let i = 0; i < 7; i += 1) {
        expect(dark.has(`${left + i},${top}`) && dark.has(`${left},${top + i}`)).toBe(true);
        expect(dark.has(`${left + 6},${top + i}`) && dark.has(`${left + i},${top + 6}`)).toBe(true);
      }
      expect(dark.has(`${left + 3},${top + 3}`)).toBe(true);
      expect(dark.has(`${left + 1},${top + 1}`)).toBe(false);
    }
  });

  it('draws different texts differently', async () => {
    expect(await drawQrCode(text)).not.toBe(await drawQrCode(`${text}&x=1`));
  });
});
