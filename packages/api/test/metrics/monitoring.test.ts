import { readFileSync } from 'node:fs';
import { auditActions } from '@twofold/core/audit/audit-log';
import { problemCodes } from '@twofold/core/problem';
import { describe, expect, it } from 'vitest';
import { createInstruments, reportOutcomes } from '../../src/metrics/instruments.js';

const read = (name: string) =>
  readFileSync(new URL(`../../../../docker/monitoring/${name}`, import.meta.url), 'utf8');

describe.each(['alerts.yaml', 'grafana-dashboard.json'])('docker/monitoring/%s', (name) => {
  const text = read(name).replaceAll('\\"', '"');

  it('asks for metrics that there are', async () => {
    const { registry } = createInstruments(() => 0);
    const known = (await registry.getMetricsAsJSON()).map((metric) => metric.name);
    const asked = text.match(/\b(twofold|nodejs|process)_[a-z0-9_]+/g) ?? [];
    expect(asked.length).toBeGreaterThan(5);
    for (const metric of asked) expect(known).toContain(metric.replace(/_(bucket|count|sum)$/, ''));
  });

  it('asks for actions and outcomes that there are', () => {
    const values = [...text.matchAll(/(?:action|outcome|code)[!=~]+"([A-Za-z_|.*]+)"/g)].flatMap(
      ([, value = '']) => value.split('|'),
    );
    const known: readonly string[] = [
      ...auditActions,
      ...problemCodes,
      ...reportOutcomes,
      ...[
        'DONE',
        'CHALLENGED',
        'taken',
        'failed',
        'VERIFY_.*',
        'INTERNAL_SERVER_ERROR',
        'SERVICE_UNAVAILABLE',
      ],
    ];
    expect(values.length).toBeGreaterThan(3);
    for (const value of values) expect(known).toContain(value);
  });
});
