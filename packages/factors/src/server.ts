import type { Random } from '@twofold/core/ports';
import type { FactorRegistry, SecondFactor } from '@twofold/core/two-factor/second-factor';
import type { FactorKind } from './kinds.js';
import { birdSender } from './sms/bird.js';
import { securityCodeText } from './sms/copy.js';
import { smsFactor } from './sms/factor.js';
import { failoverSender } from './sms/failover-sender.js';
import { inboxSender, type Inbox } from './sms/inbox-sender.js';
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
export type CarrierConfig =
  | { readonly carrier: 'messagebird'; readonly accessKey: string; readonly originator: string }
  | {
      readonly carrier: 'bird';
      readonly accessKey: string;
      readonly workspaceId: string;
      readonly channelId: string;
    };

/** Where texts go: into an inbox on the spot, or to carriers, of which the first one is asked first. */
export type SmsConfig =
  | { readonly driver: 'inbox'; readonly inbox: Inbox }
  | {
      readonly driver: 'carriers';
      readonly carriers: readonly CarrierConfig[];
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
  const { carriers, onPassedOver } = config;
  return failoverSender({ senders: carriers.map(carrierSender), onPassedOver });
}

function carrierSender(config: CarrierConfig): SmsSender {
  switch (config.carrier) {
    case 'messagebird':
      return messageBirdSender(config);
    case 'bird':
      return birdSender(config);
  }
}

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
