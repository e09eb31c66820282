import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { GraphContext } from '../graph-context.js';
import { anySession, fullSession } from '../graph-context.js';
import { resultUnion, toResult } from '../result-union.js';
import {
  RecoveryCodeRegenerated,
  toTwoFactorSettings,
  TwoFactorSettings,
} from './two-factor-settings.type.js';
import {
  AuthenticatorSetup,
  PhoneSetup,
  toSetup,
  TwoFactorDisabled,
  TwoFactorEnabled,
} from './two-factor-setup.type.js';
import { DisableTwoFactorInput, EnableTwoFactorInput, StartTwoFactorInput } from './two-factor.input.js';

export const TwoFactorSettingsResult = resultUnion('TwoFactorSettingsResult', 'The settings, or why not.', [
  TwoFactorSettings,
]);
const StartTwoFactorResult = resultUnion('StartTwoFactorResult', 'How startTwoFactor ends.', [
  AuthenticatorSetup,
  PhoneSetup,
]);
const EnableTwoFactorResult = resultUnion('EnableTwoFactorResult', 'How enableTwoFactor ends.', [
  TwoFactorEnabled,
]);
const DisableTwoFactorResult = resultUnion('DisableTwoFactorResult', 'How disableTwoFactor ends.', [
  TwoFactorDisabled,
]);
const RegenerateRecoveryCodeResult = resultUnion(
  'RegenerateRecoveryCodeResult',
  'How regenerateRecoveryCode ends.',
  [RecoveryCodeRegenerated],
);

@Resolver()
export class TwoFactorResolver {
  @Query(() => TwoFactorSettingsResult, {
    description:
      "The viewer's saved two-factor settings. TWO_FACTOR_NOT_ENABLED where it is off; else REAUTHENTICATION_REQUIRED " +
      'until confirmPassword has succeeded in this session.',
  })
  async twoFactorSettings(@Ctx() context: GraphContext) {
    return toResult(await context.useCases.viewSettings(fullSession(context)), toTwoFactorSettings);
  }

  @Mutation(() => StartTwoFactorResult, {
    description:
      'Begin to set a method up. Nothing about sign-in changes until enableTwoFactor; a later start replaces an earlier one.',
  })
  async startTwoFactor(
    @Ctx() context: GraphContext,
    @Arg('input', () => StartTwoFactorInput, { description: 'The method.' }) input: StartTwoFactorInput,
  ) {
    const { method, phoneNumber = null, defaultCountry = null } = input;
    const started = await context.useCases.startTwoFactor(anySession(context), {
      method,
      phoneNumber,
      defaultCountry,
    });
    return toResult(started, toSetup);
  }

  @Mutation(() => EnableTwoFactorResult, {
    description:
      'Switch on the method that was started in this session, with a code that proves it. Where one is on already, it is ' +
      "replaced in the same step. The user's other sessions end.",
  })
  async enableTwoFactor(
    @Ctx() context: GraphContext,
    @Arg('input', () => EnableTwoFactorInput, { description: 'The code.' }) input: EnableTwoFactorInput,
  ) {
    const { code, setupId = null } = input;
    const enabled = await context.useCases.enableTwoFactor(anySession(context), { code, setupId });
    return toResult(enabled, ({ browserToken, ...value }) => {
      context.knownBrowser.keep(browserToken);
      return { __typename: 'TwoFactorEnabled', ...value };
    });
  }

  @Mutation(() => DisableTwoFactorResult, {
    description:
      'Switch two-factor authentication off, behind the password. What was saved for it is deleted.',
  })
  async disableTwoFactor(
    @Ctx() context: GraphContext,
    @Arg('input', () => DisableTwoFactorInput, { description: 'The password.' })
    { password }: DisableTwoFactorInput,
  ) {
    const disabled = await context.useCases.disableTwoFactor(fullSession(context), password);
    return toResult(disabled, ({ viewer }) => ({ __typename: 'TwoFactorDisabled', viewer }));
  }

  @Mutation(() => RegenerateRecoveryCodeResult, {
    description: 'A new recovery code; the old one is dead at once.',
  })
  async regenerateRecoveryCode(@Ctx() context: GraphContext) {
    const regenerated = await context.useCases.regenerateRecoveryCode(fullSession(context));
    return toResult(regenerated, ({ recoveryCode }) => ({
      __typename: 'RecoveryCodeRegenerated',
      recoveryCode,
    }));
  }
}
