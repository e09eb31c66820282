import { factors } from './factor-copy.js';
import { problems } from './problem-copy.js';

/**
 * The words of signing in, and those that every page needs, in English; the pages behind the sign-in have theirs in
 * `en-signed-in.ts`. Another language is one more file of each shape (`satisfies Messages`) and a line in `i18n.ts` and in
 * `signed-in.ts`. In a message `{name}` is filled in, `|` parts singular from plural.
 */
export const en = {
  app: {
    name: 'Twofold',
    skip: 'Skip to content',
    errorTitle: 'Error: {title}',
    demoInbox: 'Demo inbox',
    demoInboxHint: 'Texts and mails that this demo sent',
    loading: 'Loading…',
    retry: 'Try again',
    cancel: 'Cancel',
    back: 'Back',
    close: 'Close',
    copied: 'Copied',
    copyFailed: 'Your browser did not allow copying. Select the text and copy it yourself.',
    notFound: 'Page not found',
    notFoundText: 'There is nothing at this address. It may have been mistyped, or moved.',
    home: 'Go to the home page',
  },
  failure: {
    network: "We couldn't reach the server. Check your connection and try again.",
    bug: 'Something went wrong. Try again, or quote {requestId} to your administrator.',
    bugWithoutId: 'Something went wrong. Try again.',
    forbidden: "You don't have permission to do that.",
    notFound: "This isn't there any more. Reload the page to see what there is.",
    limited: 'Too many requests. Wait a moment, then try again.',
    busy: 'The service is busy just now. Try again in a moment.',
    sessionOver: "You've been signed out. Sign in to continue.",
  },
  problems,
  factors,
  time: {
    minutes: '{n} min',
    seconds: '{n} s',
    left: '{minutes}:{seconds}',
    never: 'Never',
    over: 'You can try again now.',
    soon: 'a moment',
  },
  field: {
    show: 'Show',
    hide: 'Hide',
    code: 'Security code',
    codeEmpty: 'Enter the 6-digit code.',
    password: 'Password',
    passwordEmpty: 'Enter your password.',
    country: 'Country',
    phone: 'Phone number',
    phoneEmpty: 'Enter your phone number.',
  },
  signIn: {
    title: 'Sign in',
    email: 'Email',
    emailEmpty: 'Enter your email address.',
    keep: 'Keep me signed in',
    submit: 'Sign in',
    credentials: 'Email or password is incorrect.',
    forgot: 'Forgot password?',
  },
  verify: {
    title: 'Verify it is you',
    sent: 'We sent a code to {number}.',
    notSent: 'We have not sent you a code yet.',
    app: 'Enter the 6-digit code from your authenticator app.',
    trust: 'Trust this browser for {n} day | Trust this browser for {n} days',
    trustHint: "You won't be asked for a code here. Leave it off on a shared computer.",
    submit: 'Verify',
    send: 'Send Code',
    sendIn: 'You can send another code in {time}.',
    sendNow: 'You can send another code now.',
    backup: 'Text my backup phone ({number})',
    primary: 'Text my primary phone ({number})',
    otherWay: 'Other ways to sign in',
    switchTo: '{title} instead',
    recovery: 'Use recovery code',
    cancel: 'Cancel',
    sentAgain: 'We sent a new code to {number}.',
    over: 'This sign-in has run out. Sign in again.',
    wrongAppCode:
      "That code is not right. Wait for the next code, and check that your phone's clock is automatic.",
    notDelivered: "We couldn't send a text. Try your backup phone or recovery code.",
    notDeliveredAlone: "We couldn't send a text. Try again, or use your recovery code.",
  },
  recovery: {
    title: 'Use your recovery code',
    warning: 'Using your recovery code turns off two-factor authentication.',
    consequence:
      'It also deletes your saved phones and authenticator app, and signs you out everywhere else.',
    label: 'Recovery code',
    hint: 'Capitals, spaces and dashes make no difference.',
    empty: 'Enter your recovery code.',
    wrong: 'That recovery code is not right. Check it and try again.',
    submit: 'Verify and turn off',
    back: 'Back to the security code',
    landed: 'Two-factor authentication is now off because you used your recovery code. Turn it on again.',
  },
};

export type Messages = typeof en;
