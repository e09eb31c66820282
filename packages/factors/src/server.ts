import type { Random } from '@twofold/core/ports';
import type { FactorRegistry, SecondFactor } from '@twofold/core/two-factor/second-factor';
import type { FactorKind } from './kinds.js';
import { securityCodeText } from './sms/copy.js';
import { smsFactor } from './sms/factor.js';
import { inboxSender, type Inbox } from './sms/inbox-sender.js';
import { messageBirdSender } from './sms/messagebird.js';
import { phoneNumbers } from './sms/phone.js';
import type { SmsSender } from './sms/sms-sender.js';
import { totpFactor } from './totp/factor.js';
import { drawQrCode } from './totp/qr-code.js';
import { speakeasyEngine } from './totp/speakeasy.js';

export type { Inbox, SmsSender };

/** Every value of SMS_DRIVER. */
export const smsDrivers = ['inbox', 'messagebird'] as const;

export type SmsDriver = (typeof smsDrivers)[number];

/** What each driver needs. */
export type SmsConfig =
  | { readonly driver: 'inbox'; readonly inbox: Inbox }
  | { readonly driver: 'messagebird'; readonly accessKey: string; readonly originator: string };

export interface FactorDeps {
  readonly random: Pick<Random, 'bytes'>;
  /** The host name of PUBLIC_URL, without a port: a code is bound to it. */
  readonly publicHost: string;
  readonly smsSender: SmsSender;
  /** Told of each text that could not be handed over; the error names neither number nor code. */
  readonly onSmsFailure: (error: Error) => void;
}

/** The sender that the configuration chose. */
export function createSmsSender(config: SmsConfig): SmsSender {
  switch (config.driver) {
    case 'inbox':
      return inboxSender(config.inbox);
    case 'messagebird':
      return messageBirdSender(config);
  }
}

/** Every second factor, ready for use. */
export function createFactors(deps: FactorDeps): FactorRegistry {
  const factors = {
    TOTP: totpFactor({ engine: speakeasyEngine, random: deps.random, drawQrCode }),
    SMS: smsFactor({
      sender: deps.smsSender,
      phoneNumbers,
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
