/** Every second factor that this service knows, as named in the GraphQL enum TwoFactorMethod. */
export const factorKinds = ['TOTP', 'SMS'] as const;

export type FactorKind = (typeof factorKinds)[number];
