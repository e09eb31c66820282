import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { GraphContext } from '../graph-context.js';
import { fullSession } from '../graph-context.js';
import { resultUnion, toResult } from '../result-union.js';
import { CodeDelivery, toCodeDelivery } from './code-delivery.type.js';
import { PhoneChanged, toTwoFactorSettings } from './two-factor-settings.type.js';
import { ConfirmPhoneChangeInput, StartPhoneChangeInput } from './two-factor.input.js';
import { TwoFactorSettingsResult } from './two-factor.resolver.js';

const StartPhoneChangeResult = resultUnion('StartPhoneChangeResult', 'How startPhoneChange ends.', [
  CodeDelivery,
]);
const ConfirmPhoneChangeResult = resultUnion('ConfirmPhoneChangeResult', 'How confirmPhoneChange ends.', [
  PhoneChanged,
]);

@Resolver()
export class PhonesResolver {
  @Mutation(() => StartPhoneChangeResult, {
    description:
      'Text a code to a new primary or backup phone. The saved phone stays in force until confirmPhoneChange. For 10 ' +
      'minutes after enableTwoFactor in this session it asks for no confirmed password.',
  })
  async startPhoneChange(
    @Ctx() context: GraphContext,
    @Arg('input', () => StartPhoneChangeInput, { description: 'The new phone.' })
    input: StartPhoneChangeInput,
  ) {
    const change = { ...input, defaultCountry: input.defaultCountry ?? null };
    return toResult(await context.useCases.startPhoneChange(fullSession(context), change), toCodeDelivery);
  }

  @Mutation(() => ConfirmPhoneChangeResult, {
    description: 'Put the new phone in force, with the code that was texted to it.',
  })
  async confirmPhoneChange(
    @Ctx() context: GraphContext,
    @Arg('input', () => ConfirmPhoneChangeInput, { description: 'The code.' }) input: ConfirmPhoneChangeInput,
  ) {
    const confirmed = await context.useCases.confirmPhoneChange(fullSession(context), input);
    return toResult(confirmed, (value) => ({
      __typename: 'PhoneChanged',
      settings: toTwoFactorSettings(value),
    }));
  }

  @Mutation(() => TwoFactorSettingsResult, {
    description:
      'Forget the backup phone, behind the confirmed password. Answers the settings as they are then.',
  })
  async removeBackupPhone(@Ctx() context: GraphContext) {
    return toResult(await context.useCases.removeBackupPhone(fullSession(context)), toTwoFactorSettings);
  }
}
