import { afterEach, describe, expect, it, vi } from 'vitest';
import { clientKey, createClient } from '../graphql/client.js';
import { createFakeApi } from '../testing/fake-api.js';
import { provided, runInApp } from '../testing/run-in-app.js';
import { currentToast, dismissToast } from '../ui/announcer.js';
import { useCsvExport } from './use-csv-export.js';

const csv = '"at","action"\r\n"2026-01-01T00:00:00.000Z","SIGN_IN"\r\n';

function setUp() {
  const api = createFakeApi();
  const client = createClient({ uri: 'http://test/graphql', onSessionOver: () => {}, fetcher: api.fetcher });
  const saved: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => `blob:${String(saved.push(file as Blob))}`);
  const filter = { everybody: true, action: 'SIGN_IN', succeeded: false } as const;
  const { result } = runInApp(() => useCsvExport(() => filter), provided(clientKey, client));
  return { api, saved, filter, ...result };
}

afterEach(() => {
  vi.restoreAllMocks();
  dismissToast();
});

describe('the export of the activity', () => {
  it('saves the lines that the filter leaves, and says that it has ended', async () => {
    const { api, saved, filter, run, busy } = setUp();
    api.answer('AuditEventsCsv', { data: { auditEventsCsv: csv } });
    const running = run();
    expect(busy.value).toBe(true);
    await running;
    expect(busy.value).toBe(false);
    expect(api.calls).toEqual([{ operation: 'AuditEventsCsv', variables: { filter } }]);
    expect(await saved[0]?.text()).toBe(csv);
    expect(currentToast.value?.text).toBe('Your activity file is downloaded.');
  });

  it('asks once where it is clicked twice', async () => {
    const { api, saved, run } = setUp();
    api.answer('AuditEventsCsv', { data: { auditEventsCsv: csv } });
    await Promise.all([run(), run()]);
    expect(api.calls).toHaveLength(1);
    expect(saved).toHaveLength(1);
  });

  it('saves nothing where the server cannot be reached, and can be tried again', async () => {
    const { api, saved, run, failure } = setUp();
    api.answer('AuditEventsCsv', 'unreachable');
    await run();
    expect(failure.value).toEqual({ kind: 'network' });
    expect(saved).toEqual([]);
    expect(currentToast.value).toBeNull();
    api.answer('AuditEventsCsv', { data: { auditEventsCsv: csv } });
    await run();
    expect(failure.value).toBeNull();
    expect(saved).toHaveLength(1);
  });
});
