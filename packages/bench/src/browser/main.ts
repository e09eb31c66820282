import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { required } from '../contestants/environment.js';
import { root } from '../contestants/places.js';
import { machine, commit } from '../report/machine.js';
import { betweenMarkers } from '../report/page.js';
import { asMarkdown, asText } from '../report/tables.js';
import { scratchFolder } from '../scratch-folder.js';
import { startDemo, urlOf } from './product.js';
import { screens } from './screens.js';
import { tablesOf } from './table.js';
import { visit } from './visit.js';
import type { Visit } from './visit.js';
import { readWords } from './words.js';

/** Every screen in each round, so that what else the machine does falls upon all of them. One visit more warms up. */
async function visitAll(browser: Browser, url: string, runs: number): Promise<Map<string, Visit[]>> {
  const visits = new Map<string, Visit[]>(screens.map(({ title }) => [title, []]));
  for (let round = 0; round <= runs; round++) {
    for (const screen of screens) {
      const seen = await visit(browser, url, screen);
      if (round > 0) visits.get(screen.title)!.push(seen);
    }
    process.stderr.write(`round ${String(round)} of ${String(runs)}\n`);
  }
  return visits;
}

const load = () => loadavg()[0]!.toFixed(1);

async function main({ runs, quick }: ReturnType<typeof readWords>): Promise<void> {
  const product = await startDemo(scratchFolder());
  const browser = await chromium.launch({
    executablePath: required('CHROMIUM_PATH'),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    const before = load();
    const tables = tablesOf(await visitAll(browser, urlOf(product.port), runs));
    const facts = [
      `- ${new Date().toISOString().slice(0, 10)}, commit ${commit()}, medians of ${String(runs)} visits after one to warm up`,
      `- ${machine()}; load of the machine before and after: ${before} and ${load()}`,
      `- Chromium ${browser.version()}, Node ${process.version}`,
    ].join('\n');
    console.log([facts, ...tables.map(asText)].join('\n'));
    if (quick) return console.log('\nNothing was written: this was no full run.');
    const page = join(root, 'docs/performance.md');
    const text = [facts, ...tables.map(asMarkdown)].join('\n\n');
    writeFileSync(page, betweenMarkers(readFileSync(page, 'utf8'), text, 'browser'));
    console.log('\nWritten to docs/performance.md.');
  } finally {
    await browser.close();
    await product.stop();
  }
}

try {
  await main(readWords(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
