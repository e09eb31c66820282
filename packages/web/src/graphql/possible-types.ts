/** The unions of the schema: with them Apollo's cache knows that a fragment on one member is not meant for another. */
export const possibleTypes = {
  SignInResult: ['SignedIn', 'TwoFactorChallenge', 'Problem'],
  SendSignInCodeResult: ['CodeDelivery', 'Problem'],
  VerifyTwoFactorCodeResult: ['SignedIn', 'Problem'],
  VerifyRecoveryCodeResult: ['SignedIn', 'Problem'],
  ConfirmPasswordResult: ['PasswordConfirmed', 'Problem'],
  ChangePasswordResult: ['PasswordChanged', 'Problem'],
  StartTwoFactorResult: ['AuthenticatorSetup', 'PhoneSetup', 'Problem'],
  EnableTwoFactorResult: ['TwoFactorEnabled', 'Problem'],
  DisableTwoFactorResult: ['TwoFactorDisabled', 'Problem'],
  TwoFactorSettingsResult: ['TwoFactorSettings', 'Problem'],
  StartPhoneChangeResult: ['CodeDelivery', 'Problem'],
  ConfirmPhoneChangeResult: ['PhoneChanged', 'Problem'],
  RegenerateRecoveryCodeResult: ['RecoveryCodeRegenerated', 'Problem'],
  PreviewPolicyResult: ['PolicyPreview', 'Problem'],
  UpdatePolicyResult: ['PolicyUpdated', 'Problem'],
};
