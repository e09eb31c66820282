import { type CarrierConfig, type SmsCarrier, smsCarriers } from '@twofold/factors/server';

export type SmsSettings =
  | { readonly driver: 'inbox' }
  /** The first one is asked first. */
  | { readonly driver: 'carriers'; readonly carriers: readonly CarrierConfig[] };

/** What each carrier cannot do without. */
export const neededBy = {
  messagebird: ['MESSAGEBIRD_ACCESS_KEY', 'SMS_ORIGINATOR'],
  bird: ['BIRD_ACCESS_KEY', 'BIRD_WORKSPACE_ID', 'BIRD_CHANNEL_ID'],
} as const satisfies Record<SmsCarrier, readonly string[]>;

/** Once the configuration is checked, those that the chosen carriers need are there. */
export type SmsVariables = {
  readonly [Name in (typeof neededBy)[SmsCarrier][number] | 'MESSAGEBIRD_SIGNING_KEY' | 'BIRD_SIGNING_KEY']?:
    string | undefined;
};

export const driversFault = `must be inbox, or list carriers, each once, separated by commas: ${smsCarriers.join(', ')}`;

/** SMS_DRIVER is the inbox alone, or carriers in the order in which they are asked. */
export function isDrivers(value: string): boolean {
  const carriers = carriersIn(value);
  const names = namesIn(value);
  return value === 'inbox' || (names.length > 0 && names.length === carriers.length);
}

/** The carriers that SMS_DRIVER names, in its order, each once; what else it names is left out. */
export function carriersIn(value: string): SmsCarrier[] {
  const names = new Set(namesIn(value));
  return [...names].filter((name): name is SmsCarrier => smsCarriers.some((carrier) => carrier === name));
}

export function readSms(drivers: string, variables: SmsVariables): SmsSettings {
  const carriers = carriersIn(drivers).map((carrier) => readCarrier(carrier, variables));
  return carriers.length === 0 ? { driver: 'inbox' } : { driver: 'carriers', carriers };
}

function readCarrier(carrier: SmsCarrier, variables: SmsVariables): CarrierConfig {
  switch (carrier) {
    case 'messagebird':
      return {
        carrier,
        accessKey: variables.MESSAGEBIRD_ACCESS_KEY!,
        signingKey: variables.MESSAGEBIRD_SIGNING_KEY ?? null,
        originator: variables.SMS_ORIGINATOR!,
      };
    case 'bird':
      return {
        carrier,
        accessKey: variables.BIRD_ACCESS_KEY!,
        signingKey: variables.BIRD_SIGNING_KEY ?? null,
        workspaceId: variables.BIRD_WORKSPACE_ID!,
        channelId: variables.BIRD_CHANNEL_ID!,
      };
  }
}

function namesIn(value: string): string[] {
  return value.split(/[\s,]+/).filter((name) => name !== '');
}
