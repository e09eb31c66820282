import type {
  AuditAction as CoreAuditAction,
  AuditOutcome as CoreAuditOutcome,
  AuditPage,
  ShownEvent,
} from '@twofold/core/audit/audit-log';
import { deviceName } from '@twofold/core/session/device-name';
import type { Instant } from '@twofold/core/ports';
import type { ProblemCode } from '@twofold/core/problem';
import { problemCodes } from '@twofold/core/problem';
import type { FactorKind } from '@twofold/core/two-factor/second-factor';
import { Field, ID, InputType } from 'type-graphql';
import { DateTime } from '../date-time.js';
import { describedEnum } from '../enum.js';
import { TwoFactorMethod } from '../two-factor/two-factor-method.js';
import { PageInfo } from '../users/user-connection.type.js';
import { encodeEventCursor } from './event-cursor.js';
import { SimpleObject } from '../simple-object.js';

export const AuditAction = describedEnum<CoreAuditAction>('AuditAction', 'What was attempted.', {
  SIGN_IN: 'To sign in with email and password.',
  SEND_SIGN_IN_CODE: 'To have a sign-in code texted again, or to the other phone.',
  VERIFY_TWO_FACTOR_CODE: 'To finish signing in with a code.',
  VERIFY_RECOVERY_CODE: 'To finish signing in with the recovery code.',
  USE_TRUSTED_BROWSER: 'To finish signing in by a trusted browser, without a code.',
  TRUST_BROWSER: 'To have the browser trusted, so that it asks for no code for a while.',
  SIGN_OUT: 'To end the session.',
  CONFIRM_PASSWORD: 'To prove the password again.',
  CHANGE_PASSWORD: 'To change the password.',
  END_SESSION: 'To end one of the own sessions.',
  END_OTHER_SESSIONS: 'To end all other own sessions.',
  REMOVE_TRUSTED_BROWSER: 'To trust a browser no more.',
  REMOVE_TRUSTED_BROWSERS: 'To trust no browser any more.',
  START_TWO_FACTOR: 'To begin to set a method up.',
  ENABLE_TWO_FACTOR: 'To switch two-factor authentication on, or over to another method.',
  DISABLE_TWO_FACTOR: 'To switch two-factor authentication off.',
  VIEW_SETTINGS: 'To see the saved settings.',
  START_PHONE_CHANGE: 'To begin to change a phone.',
  CONFIRM_PHONE_CHANGE: 'To put a new phone in force.',
  REMOVE_BACKUP_PHONE: 'To have the backup phone forgotten.',
  REGENERATE_RECOVERY_CODE: 'To get a new recovery code.',
  END_USER_SESSIONS: 'To sign somebody out everywhere. For ADMIN and OWNER.',
  OPEN_SEALED_VALUE: 'To read the secret or phone number that is stored for the account.',
  DELIVER_TEXT: 'To get a text to the phone, as its carrier reports.',
  INVITE_USER: 'To invite somebody by mail. The detail has the role and the email.',
  RESEND_INVITATION: 'To send an invitation again.',
  WITHDRAW_INVITATION: 'To withdraw an invitation.',
  ACCEPT_INVITATION: 'To make an account by an invitation.',
  REQUEST_PASSWORD_RESET: 'To be mailed a link for a new password.',
  RESET_PASSWORD: 'To set a new password by the link that was mailed.',
  SET_FIRST_PASSWORD: 'To set the first password by the link that an operator made.',
  REQUEST_EMAIL_CHANGE: 'To have the email changed. The detail has the new one.',
  CONFIRM_EMAIL_CHANGE: 'To put the new email in force. The detail has it.',
  UPDATE_POLICY: 'To change what the organisation asks of its people. The detail says what.',
  CREATE_USER: 'To add the account. For an operator.',
  ISSUE_FIRST_LINK: 'To make a link for the first password. For an operator.',
  RESET_TWO_FACTOR: 'To switch two-factor authentication off for somebody who cannot. For an operator.',
  DEACTIVATE_USER: 'To keep the user out. For an operator.',
  REPORT_NOT_ME: 'To undo the harm of a change that was not the own, by the link of its mail.',
  REACTIVATE_USER: 'To let the user in again. For an operator.',
});

const failures = Object.fromEntries(problemCodes.map((code) => [code, `It was refused: ${code}.`]));

export const AuditOutcome = describedEnum<CoreAuditOutcome>('AuditOutcome', 'How an attempt ended.', {
  DONE: 'It was done.',
  CHALLENGED: 'The password was right, and a second factor was asked for.',
  ALTERED: 'What is stored was altered past this service, or its key is missing.',
  UNDELIVERED: 'The network could not deliver the text.',
  EXPIRED: 'The text ran out before it could be delivered.',
  ...(failures as Record<ProblemCode, string>),
});

@SimpleObject({ description: 'One attempt, as it was written down when it ended. Lines are never changed.' })
export class AuditEvent {
  @Field(() => ID, { description: 'Opaque; never changes.' })
  id!: string;

  @Field(() => DateTime, { description: 'When it ended.' })
  at!: Instant;

  @Field(() => AuditAction, { description: 'What was attempted.' })
  action!: CoreAuditAction;

  @Field(() => AuditOutcome, { description: 'How it ended.' })
  outcome!: CoreAuditOutcome;

  @Field(() => ID, { nullable: true, description: 'The account that it was about.' })
  userId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the account is called now; null where it is gone.',
  })
  userName!: string | null;

  @Field(() => TwoFactorMethod, {
    nullable: true,
    description: 'The method that it was about, where there was one.',
  })
  method!: FactorKind | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The session in which it was attempted, or that it opened.',
  })
  sessionId!: string | null;

  @Field(() => String, { nullable: true, description: 'The address that the request came from.' })
  address!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What the browser or program called itself: do not trust it. Of DELIVER_TEXT the carrier, and its error code.',
  })
  device!: string | null;

  @Field(() => String, { nullable: true, description: 'The browser or program in it, by its name.' })
  browser!: string | null;

  @Field(() => String, { nullable: true, description: 'The system in it, by its name.' })
  system!: string | null;

  @Field(() => String, { nullable: true, description: 'The id of the request, as in its answer.' })
  requestId!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Who did it, where that was another than the account's owner: an administrator.",
  })
  actorId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the actor is called now; null where they are gone.',
  })
  actorName!: string | null;

  @Field(() => String, { nullable: true, description: 'What was said of it, as the reason of a reset.' })
  detail!: string | null;
}

@SimpleObject({ description: 'A line of the log and where it stands.' })
export class AuditEventEdge {
  @Field(() => String, { description: 'Opaque.' })
  cursor!: string;

  @Field(() => AuditEvent, { description: 'The line.' })
  node!: AuditEvent;
}

@SimpleObject({ description: 'One page of the log, newest first (Relay connection).' })
export class AuditEventConnection {
  @Field(() => [AuditEventEdge], { description: 'The lines with their cursors.' })
  edges!: AuditEventEdge[];

  @Field(() => [AuditEvent], { description: 'The lines.' })
  nodes!: readonly AuditEvent[];

  @Field(() => PageInfo, { description: 'Where this page is.' })
  pageInfo!: PageInfo;
}

export function toAuditEventConnection(
  { events, hasNextPage }: AuditPage,
  isFirst: boolean,
): AuditEventConnection {
  const edges = events.map((event) => ({ cursor: encodeEventCursor(event), node: toAuditEvent(event) }));
  const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: { hasNextPage, hasPreviousPage: !isFirst, startCursor, endCursor },
  };
}

/** Of a text the device is the carrier that reported it, which has no browser. */
function toAuditEvent(event: ShownEvent): AuditEvent {
  return { ...event, ...deviceName(event.action === 'DELIVER_TEXT' ? null : event.device) };
}

@InputType({ description: 'Which lines. What is left out does not narrow.' })
export class AuditEventFilter {
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Of everybody in the organisation, in place of the own. For ADMIN and OWNER.',
  })
  everybody!: boolean;

  @Field(() => ID, { nullable: true, description: 'Of this user. Of others: for ADMIN and OWNER.' })
  userId?: string | null;

  @Field(() => AuditAction, { nullable: true, description: 'Of this action.' })
  action?: CoreAuditAction | null;

  @Field(() => Boolean, { nullable: true, description: 'Only what was done, or only what was refused.' })
  succeeded?: boolean | null;

  @Field(() => DateTime, { nullable: true, description: 'From this moment on.' })
  since?: Instant | null;

  @Field(() => DateTime, { nullable: true, description: 'Before this moment.' })
  until?: Instant | null;
}
