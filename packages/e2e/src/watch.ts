import type { BrowserContext } from '@playwright/test';

/** What a page must not do: ask another host, offend its policy, or complain to the console. */
export interface Faults {
  readonly foreign: string[];
  readonly violations: string[];
  readonly console: string[];
}

/**
 * Watches every page of the context, and lets no request leave for another origin than `origin`. Call it before the first
 * page is opened.
 */
export async function watchForFaults(context: BrowserContext, origin: string): Promise<Faults> {
  const faults: Faults = { foreign: [], violations: [], console: [] };
  await context.route(
    (url) => url.origin !== origin && !['data:', 'blob:'].includes(url.protocol),
    async (route) => {
      faults.foreign.push(route.request().url());
      await route.abort();
    },
  );
  await context.exposeFunction('reportViolation', (text: string) => faults.violations.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (window as unknown as { reportViolation: (text: string) => void }).reportViolation;
      report(
        `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${String(event.lineNumber)}`,
      );
    });
  });
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.console.push(message.text());
  });
  return faults;
}
