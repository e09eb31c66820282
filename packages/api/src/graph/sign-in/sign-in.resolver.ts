import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { GraphContext } from '../graph-context.js';
import { resultUnion, toResult } from '../result-union.js';
import { CodeDelivery, toCodeDelivery } from '../two-factor/code-delivery.type.js';
import {
  SendSignInCodeInput,
  SignInInput,
  VerifyRecoveryCodeInput,
  VerifyTwoFactorCodeInput,
} from './sign-in.input.js';
import { SignedIn, toSignedIn } from './signed-in.type.js';
import { toTwoFactorChallenge, TwoFactorChallenge } from './two-factor-challenge.type.js';

const SignInResult = resultUnion('SignInResult', 'How signIn ends.', [SignedIn, TwoFactorChallenge]);
const SendSignInCodeResult = resultUnion('SendSignInCodeResult', 'How sendSignInCode ends.', [CodeDelivery]);
const VerifyTwoFactorCodeResult = resultUnion('VerifyTwoFactorCodeResult', 'How verifyTwoFactorCode ends.', [
  SignedIn,
]);
const VerifyRecoveryCodeResult = resultUnion('VerifyRecoveryCodeResult', 'How verifyRecoveryCode ends.', [
  SignedIn,
]);

@Resolver()
export class SignInResolver {
  @Mutation(() => SignInResult, {
    description:
      'Sign in with email and password; where two-factor is on, a challenge comes first, unless the browser is trusted.',
  })
  async signIn(
    @Ctx() context: GraphContext,
    @Arg('input', () => SignInInput, { description: 'Email and password.' }) input: SignInInput,
  ) {
    const result = await context.useCases.signIn({
      ...input,
      address: context.address,
      browserTokens: context.knownBrowser.tokens,
      trustTokens: context.trustedBrowser.tokens,
    });
    return toResult(result, (value) =>
      value.outcome === 'CHALLENGE' ? toTwoFactorChallenge(value) : toSignedIn(context, value),
    );
  }

  @Mutation(() => SendSignInCodeResult, {
    description: 'Text a sign-in code again, or to the other phone of the challenge.',
  })
  async sendSignInCode(
    @Ctx() context: GraphContext,
    @Arg('input', () => SendSignInCodeInput, { description: 'Which sign-in, which phone.' })
    input: SendSignInCodeInput,
  ) {
    return toResult(await context.useCases.sendSignInCode(input), toCodeDelivery);
  }

  @Mutation(() => VerifyTwoFactorCodeResult, {
    description: 'Finish signing in with the code of the text message or the authenticator app.',
  })
  async verifyTwoFactorCode(
    @Ctx() context: GraphContext,
    @Arg('input', () => VerifyTwoFactorCodeInput, { description: 'The code.' })
    input: VerifyTwoFactorCodeInput,
  ) {
    const result = await context.useCases.verifyTwoFactorCode({ ...input, method: input.method ?? null });
    return toResult(result, (value) => toSignedIn(context, value));
  }

  @Mutation(() => VerifyRecoveryCodeResult, {
    description:
      'Finish signing in with the recovery code. It switches two-factor authentication off and deletes the saved settings.',
  })
  async verifyRecoveryCode(
    @Ctx() context: GraphContext,
    @Arg('input', () => VerifyRecoveryCodeInput, { description: 'The recovery code.' })
    input: VerifyRecoveryCodeInput,
  ) {
    const result = await context.useCases.verifyRecoveryCode(input);
    return toResult(result, (value) => toSignedIn(context, value));
  }

  @Mutation(() => Boolean, { description: 'End the session in hand. True also where there was none.' })
  async signOut(@Ctx() context: GraphContext): Promise<boolean> {
    context.sessionCookie.clear();
    return context.useCases.signOut(context.live);
  }
}
