import { auditChainTable, auditCheckpointTable, auditEventTable } from './audit/audit.table.js';
import { challengeTable } from './sign-in/challenge.table.js';
import { keyCheckTable } from './keys/key-check.table.js';
import { limitTable } from './limits/limit.table.js';
import { linkTable } from './links/link.table.js';
import { organizationTable } from './users/organization.table.js';
import { policyReminderTable } from './policy/policy-reminder.table.js';
import { sentTextTable } from './delivery/sent-text.table.js';
import { sessionTable } from './session/session.table.js';
import { setupTable } from './two-factor/setup.table.js';
import { trustedBrowserTable } from './trusted-browsers/trusted-browser.table.js';
import { factorTable, twoFactorTable } from './two-factor/two-factor.table.js';
import { userPartTable } from './users/user-part.table.js';
import { userTable } from './users/user.table.js';

export const tables = [
  organizationTable,
  userTable,
  userPartTable,
  sessionTable,
  challengeTable,
  twoFactorTable,
  factorTable,
  setupTable,
  limitTable,
  linkTable,
  trustedBrowserTable,
  policyReminderTable,
  sentTextTable,
  keyCheckTable,
  auditEventTable,
  auditChainTable,
  auditCheckpointTable,
];
