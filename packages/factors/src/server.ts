import type { CarrierReports } from '@twofold/core/delivery/carrier-report';
import type { Random } from '@twofold/core/ports';
import type { FactorRegistry, SecondFactor } from '@twofold/core/two-factor/second-factor';
import type { FactorKind } from './kinds.js';
import { birdReports } from './sms/bird-report.js';
import { birdSender } from './sms/bird.js';
import { securityCodeText } from './sms/copy.js';
import { smsFactor } from './sms/factor.js';
import { failoverSender } from './sms/failover-sender.js';
import { inboxSender, type Inbox } from './sms/inbox-sender.js';
import { messageBirdReports } from './sms/messagebird-report.js';
import { messageBirdSender } from './sms/messagebird.js';
import { isCountry, phoneNumbersOf } from './sms/phone.js';
import type { SmsSender } from './sms/sms-sender.js';
import { totpFactor } from './totp/factor.js';
import { drawQrCode } from './totp/qr-code.js';
import { speakeasyEngine } from './totp/speakeasy.js';

export type { Inbox, SmsSender };

/** Those who carry texts to phones. */
export const smsCarriers = ['messagebird', 'bird'] as const;

export type SmsCarrier = (typeof smsCarriers)[number];

/** What each carrier needs. */
export type CarrierConfig = {
  readonly accessKey: string;
  /** Proves that a report is the carrier's; null where none are taken. */
  readonly signingKey: string | null;
} & (
  | { readonly carrier: 'messagebird'; readonly originator: string }
  | { readonly carrier: 'bird'; readonly workspaceId: string; readonly channelId: string }
);

/** Where texts go: into an inbox on the spot, or to carriers, of which the first one is asked first. */
export type SmsConfig =
  | { readonly driver: 'inbox'; readonly inbox: Inbox }
  | {
      readonly driver: 'carriers';
      readonly carriers: readonly CarrierConfig[];
      /** Under which carriers reach this service. */
      readonly publicUrl: string;
      /** Told why a carrier was passed over; the error names neither number nor code. */
      readonly onPassedOver: (error: Error) => void;
    };

export interface FactorDeps {
  readonly random: Pick<Random, 'bytes'>;
  /** The host name of PUBLIC_URL, without a port: a code is bound to it. */
  readonly publicHost: string;
  readonly smsSender: SmsSender;
  /** ISO 3166-1 alpha-2; none: every country. */
  readonly smsCountries: readonly string[];
  /** Told of each text that could not be handed over; the error names neither number nor code. */
  readonly onSmsFailure: (error: Error) => void;
}

export { isCountry };

/** The sender that the configuration chose. */
export function createSmsSender(config: SmsConfig): SmsSender {
  if (config.driver === 'inbox') return inboxSender(config.inbox);
  const { carriers, publicUrl, onPassedOver } = config;
  const senders = carriers.map((carrier) => {
    const sender = carrierSender(carrier, publicUrl);
    return carrier.signingKey === null ? unreported(sender) : sender;
  });
  return failoverSender({ senders, onPassedOver });
}

function carrierSender(config: CarrierConfig, publicUrl: string): SmsSender {
  switch (config.carrier) {
    case 'messagebird': {
      const reportUrl = config.signingKey === null ? null : `${publicUrl}${reportPath(config.carrier)}`;
      return messageBirdSender({ ...config, reportUrl });
    }
    case 'bird':
      // Where Bird reports to is a subscription of the operator, not part of a message.
      return birdSender(config);
  }
}

/** Nobody takes its reports, so nobody needs to know its messages. */
function unreported(sender: SmsSender): SmsSender {
  return {
    async send(message, within) {
      await sender.send(message, within);
      return null;
    },
  };
}

/** Where a carrier sends its reports, below PUBLIC_URL. */
const reportPath = (carrier: SmsCarrier): string => `/webhooks/messages/${carrier}`;

/** Of the carriers whose signing key is there. */
export function createReportReaders(carriers: readonly CarrierConfig[]): CarrierReports[] {
  return carriers.flatMap(({ carrier, signingKey }) => {
    if (signingKey === null) return [];
    const { name, reader } = reporting[carrier];
    return [{ carrier, name, path: reportPath(carrier), read: reader(signingKey) }];
  });
}

const reporting = {
  messagebird: { name: 'MessageBird', reader: messageBirdReports },
  bird: { name: 'Bird', reader: birdReports },
} as const satisfies Record<SmsCarrier, unknown>;

/** Every second factor, ready for use. */
export function createFactors(deps: FactorDeps): FactorRegistry {
  const factors = {
    TOTP: totpFactor({ engine: speakeasyEngine, random: deps.random, drawQrCode }),
    SMS: smsFactor({
      sender: deps.smsSender,
      phoneNumbers: phoneNumbersOf(deps.smsCountries),
      text: securityCodeText(deps.publicHost),
      onFailure: deps.onSmsFailure,
    }),
  } satisfies Record<FactorKind, SecondFactor>;
  const registry = new Map<string, SecondFactor>(Object.entries(factors));
  return {
    of(kind) {
      const factor = registry.get(kind);
      if (factor === undefined) throw new Error('There is no second factor of this kind.');
      return factor;
    },
  };
}
