import { factorCopy } from '@twofold/factors/copy';
import type { FactorKind } from '@twofold/factors/kinds';
import { factorKinds } from '@twofold/factors/kinds';
import { describedEnum } from '../enum.js';

/** Made from the list of factors: a new one shows here by itself. */
export const TwoFactorMethod = describedEnum<FactorKind>(
  'TwoFactorMethod',
  'A way to prove a sign-in beside the password.',
  Object.fromEntries(
    factorKinds.map((kind) => [kind, `${factorCopy[kind].name}. ${factorCopy[kind].blurb}`]),
  ) as Record<FactorKind, string>,
);
