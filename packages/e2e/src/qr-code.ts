import type { Locator } from '@playwright/test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';

/** What a phone's camera would read off the screen: decodes the picture as it is rendered. */
export async function scan(picture: Locator): Promise<string> {
  const { data, width, height } = PNG.sync.read(await picture.screenshot());
  const found = jsQR.default(new Uint8ClampedArray(data), width, height);
  if (!found) throw new Error('No QR code can be read from the picture.');
  return found.data;
}
