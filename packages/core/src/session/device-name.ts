export interface DeviceName {
  readonly browser: string | null;
  readonly system: string | null;
}

/**
 * In the order in which they must be tried: most browsers also name the ones that they descend from (RFC 9110, 10.1.5, wants
 * the most significant product first; browsers do not keep to it).
 */
const browsers: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOPiOS\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\b(?:Headless)?Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];

const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

/** Of a program that is no browser, its own name: `curl/8.5.0` is curl. */
const program = /^(?!Mozilla\/)([A-Za-z][\w.-]{0,39})/;

/**
 * Browser and system by the User-Agent header, for a reader to recognise the own device. Clients send what they like, so this
 * decides nothing; what is not known is null.
 */
export function deviceName(userAgent: string | null): DeviceName {
  const text = userAgent ?? '';
  const find = (marks: typeof browsers) => marks.find(([mark]) => mark.test(text))?.[1] ?? null;
  return { browser: find(browsers) ?? program.exec(text)?.[1] ?? null, system: find(systems) };
}
