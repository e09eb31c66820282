import { describe, expect, it } from 'vitest';
import { deviceName } from './device-name.js';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const linux = 'Mozilla/5.0 (X11; Linux x86_64)';
const android = 'Mozilla/5.0 (Linux; Android 10; K)';
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)';

describe('the name of a device', () => {
  it.each([
    [`${windows} ${webkit} Chrome/141.0.0.0 Safari/537.36`, 'Chrome', 'Windows'],
    [`${windows} ${webkit} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`, 'Edge', 'Windows'],
    [`${windows} ${webkit} Chrome/141.0.0.0 Safari/537.36 OPR/124.0.0.0`, 'Opera', 'Windows'],
    [`${linux} ${webkit} HeadlessChrome/141.0.0.0 Safari/537.36`, 'Chrome', 'Linux'],
    ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/141.0.0.0 Safari/537.36', 'Chrome', 'ChromeOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox', 'Linux'],
    [`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15`, 'Safari', 'macOS'],
    [`${android} ${webkit} Chrome/141.0.0.0 Mobile Safari/537.36`, 'Chrome', 'Android'],
    [
      `${android} ${webkit} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36`,
      'Samsung Internet',
      'Android',
    ],
    [`${iphone} AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1`, 'Safari', 'iPhone'],
    [`${iphone} AppleWebKit/605.1.15 CriOS/141.0 Mobile/15E148 Safari/604.1`, 'Chrome', 'iPhone'],
    ['Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) FxiOS/143.0 Safari/605.1.15', 'Firefox', 'iPad'],
  ])('of %s is %s on %s', (userAgent, browser, system) => {
    expect(deviceName(userAgent)).toEqual({ browser, system });
  });

  it.each([
    ['curl/8.5.0', 'curl', null],
    ['node', 'node', null],
    ['okhttp/4.12.0 (Linux)', 'okhttp', 'Linux'],
  ])('of the program %s is its own', (userAgent, browser, system) => {
    expect(deviceName(userAgent)).toEqual({ browser, system });
  });

  it.each([null, '', 'Mozilla/5.0', '<script>alert(1)</script>', '../../etc'])(
    'is not made up for %s',
    (userAgent) => {
      expect(deviceName(userAgent)).toEqual({ browser: null, system: null });
    },
  );

  it('stays short whatever a client sends', () => {
    expect(deviceName('x'.repeat(255)).browser).toHaveLength(40);
  });
});
