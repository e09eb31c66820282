import type { DeliverFactor, FactorRegistry, ScanFactor } from '../two-factor/second-factor.js';

export interface FakeFactors extends FactorRegistry {
  /** What the pigeon carried. */
  readonly sent: { readonly to: string; readonly code: string }[];
  /** While true, it does not fly. */
  grounded: boolean;
  /** While true, its loft reports what became of each message: the first one under `pigeon-1`. */
  reporting: boolean;
}

/** A factor of each shape, neither of them one that the product has: the rules know shapes alone. */
export function fakeFactors(): FakeFactors {
  /** Shows its code by the hour: the hour's number in six digits. */
  const sundial: ScanFactor = {
    kind: 'SUNDIAL',
    shape: 'scan',
    enroll: ({ account }) =>
      Promise.resolve({
        secret: `dial of ${account}`,
        manualKey: 'DIAL',
        otpauthUri: 'otpauth://dial',
        qrCodeSvg: '<svg/>',
      }),
    check(_secret, code, now, usedStep) {
      const step = hourOf(now);
      return code === sundialCode(now) && step > (usedStep ?? 0) ? step : null;
    },
  };
  const pigeon: DeliverFactor = {
    kind: 'PIGEON',
    shape: 'deliver',
    parse: (input) => (input.startsWith('loft ') ? { address: input } : 'PHONE_NUMBER_INVALID'),
    mask: (address) => `…${address.slice(-1)}`,
    area: (address) => address.split(' ')[1] ?? '',
    deliver({ to, code }) {
      if (factors.grounded) return Promise.resolve(null);
      const messageId = `pigeon-${String(factors.sent.push({ to, code }))}`;
      return Promise.resolve({ receipt: factors.reporting ? { carrier: 'loft', messageId } : null });
    },
  };
  const factors: FakeFactors = {
    sent: [],
    grounded: false,
    reporting: false,
    of(kind) {
      const found = [sundial, pigeon].find((factor) => factor.kind === kind);
      if (!found) throw new Error(`There is no factor ${kind}.`);
      return found;
    },
  };
  return factors;
}

const hourOf = (now: number) => Math.floor(now / 3_600_000);

export const sundialCode = (now: number) => String(hourOf(now) % 1_000_000).padStart(6, '0');
