import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { AuditEventsQuery } from '@twofold/contract/graphql';
import { AuditEventsDocument } from '@twofold/contract/graphql';
import { SECOND } from '@twofold/core/ports';
import type { CarrierConfig, SmsCarrier } from '@twofold/factors/server';
import { createSmsSender } from '@twofold/factors/server';
import type { TestDatabase } from '../databases/open-test-database.js';
import type { Carrier } from '../faults/dialled-carriers.js';
import { dialInstead, hosts, httpsCarrier } from '../faults/dialled-carriers.js';
import type { Client } from '../harness/client.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';
import type { Report } from './signed-report.js';
import { signingKeys } from './signed-report.js';

export const carriers: Readonly<Record<SmsCarrier, CarrierConfig>> = {
  messagebird: {
    ...{ carrier: 'messagebird', accessKey: 'key', originator: 'Demo' },
    signingKey: signingKeys.messagebird,
  },
  bird: {
    ...{ carrier: 'bird', accessKey: 'key', workspaceId: 'space', channelId: 'channel' },
    signingKey: signingKeys.bird,
  },
};

export type Line = AuditEventsQuery['auditEvents']['nodes'][number];

/** The service with the drivers of both carriers, and carriers of our own behind them. */
export interface ReportingScene extends Scene {
  readonly asked: Readonly<Record<SmsCarrier, Carrier>>;
  /** Texts go by this one from now on. */
  use(carrier: SmsCarrier): void;
  /** The id that the carrier gave to the newest text. */
  newestId(): string;
  /** The HTTP status of the answer; `more` are headers beside those of the report. */
  report(report: Report, more?: Record<string, string>): Promise<Response>;
  /** What the activity of this user tells of texts, oldest first. */
  textsOf(owner: Client): Promise<Line[]>;
  /** The value of one series; 0 where there is none yet. */
  counted(series: string): Promise<number>;
}

export async function openReportingScene(open: () => Promise<TestDatabase>): Promise<ReportingScene> {
  const ids: string[] = [];
  const takesIt = (response: ServerResponse) => {
    ids.push(randomUUID());
    response.writeHead(202, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: ids.at(-1), status: 'accepted' }));
  };
  const asked = { messagebird: await httpsCarrier(takesIt), bird: await httpsCarrier(takesIt) };
  const hangUp = dialInstead({ [hosts.messagebird]: asked.messagebird, [hosts.bird]: asked.bird });
  const driverOf = (carrier: SmsCarrier) =>
    createSmsSender({
      ...{ driver: 'carriers', carriers: [carriers[carrier]], publicUrl: 'http://dashboard.example' },
      onPassedOver: () => undefined,
    });
  let driver = driverOf('messagebird');
  const scene: Scene = await openScene(open, {
    config: {
      sms: { driver: 'carriers', carriers: [carriers.messagebird, carriers.bird] },
      metrics: { host: '127.0.0.1', port: 0 },
    },
    outside: {
      smsSender: {
        async send(text, within) {
          const receipt = await driver.send(text, within);
          scene.service.outbox.texts.push(text);
          return receipt;
        },
      },
    },
  });
  return {
    ...scene,
    asked,
    use: (carrier) => void (driver = driverOf(carrier)),
    newestId: () => ids.at(-1) ?? '',
    report: ({ path, method, headers, body }, more = {}) =>
      fetch(scene.service.url + path, { method, headers: { ...headers, ...more }, ...(body && { body }) }),
    async textsOf(owner) {
      const filter = { everybody: false, action: 'DELIVER_TEXT' } as const;
      const page = await owner.run(AuditEventsDocument, { first: 100, filter });
      return [...page.auditEvents.nodes].reverse();
    },
    async counted(series) {
      const text = (await scene.service.service.instruments?.registry.metrics()) ?? '';
      const line = text.split('\n').find((each) => each.startsWith(`${series} `));
      return Number(line?.split(' ')[1] ?? 0);
    },
    async close() {
      await scene.close();
      hangUp();
      await asked.messagebird.close();
      await asked.bird.close();
    },
  };
}

/** Within the time for which MessageBird's signatures hold. */
export const SOON = 4 * SECOND;
