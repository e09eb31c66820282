import type { Browser, CDPSession, Page } from '@playwright/test';
import { signIn } from './product.js';
import type { Screen } from './screens.js';
import type { Timings, TraceEvent } from './trace.js';
import { timingsOf } from './trace.js';

/** Bytes on the wire, headers included, by what they are. */
export type Transferred = Readonly<Record<'document' | 'script' | 'style' | 'data' | 'other', number>>;

export interface Visit extends Timings {
  readonly transferred: Transferred;
  readonly requests: number;
}

/** A phone of the middle on a slow mobile network, as the preset of Lighthouse has it: 1.6 Mbit/s down, 150 ms to and fro. */
export const conditions = {
  cpuSlowdown: 4,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};
const viewport = { width: 412, height: 823 };

/** Nothing more may happen for this long, until a page counts as loaded, in ms. */
const QUIET = 1_000;

/** Paints and shifts are in the first three, the tasks of the page's thread in the last. */
const categories = [
  'devtools.timeline',
  'loading',
  'blink.user_timing',
  'disabled-by-default-devtools.timeline',
];

/** Opens a screen in a browser that has never been there, and looks until nothing happens any more. */
export async function visit(browser: Browser, url: string, screen: Screen): Promise<Visit> {
  const context = await browser.newContext({ viewport, isMobile: true, locale: 'en-GB', timezoneId: 'UTC' });
  try {
    const id = screen.email === null ? '' : await signIn(context, url, screen.email);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await holdBack(session);
    const transfers = watchTransfers(session);
    const address = url + screen.path(id);
    await browser.startTracing(page, { categories: ['-*', ...categories] });
    await page.goto(address);
    await screen.shows(page);
    await quiet(page, transfers);
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
      traceEvents: TraceEvent[];
    };
    return { ...timingsOf(traceEvents, address), ...transfers.sum() };
  } finally {
    await context.close();
  }
}

async function holdBack(session: CDPSession): Promise<void> {
  const { cpuSlowdown, ...network } = conditions;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, ...network });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
}

interface Transfers {
  /** When the last request began or ended. */
  last(): number;
  sum(): Pick<Visit, 'transferred' | 'requests'>;
}

const kinds: Readonly<Record<string, keyof Transferred>> = {
  Document: 'document',
  Script: 'script',
  Stylesheet: 'style',
  Fetch: 'data',
  XHR: 'data',
};

function watchTransfers(session: CDPSession): Transfers {
  const kindOf = new Map<string, keyof Transferred>();
  const transferred = { document: 0, script: 0, style: 0, data: 0, other: 0 };
  let requests = 0;
  let last = performance.now();
  const note = () => (last = performance.now());
  session.on('Network.requestWillBeSent', note);
  session.on('Network.responseReceived', ({ requestId, type }) => {
    kindOf.set(requestId, kinds[type] ?? 'other');
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    note();
    requests++;
    transferred[kindOf.get(requestId) ?? 'other'] += encodedDataLength;
  });
  return { last: () => last, sum: () => ({ transferred, requests }) };
}

async function quiet(page: Page, transfers: Transfers): Promise<void> {
  await page.waitForLoadState('load');
  const shown = performance.now();
  for (;;) {
    const left = Math.max(shown, transfers.last()) + QUIET - performance.now();
    if (left <= 0) return;
    await page.waitForTimeout(left);
  }
}
