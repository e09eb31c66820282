import { auditChainTable, auditCheckpointTable, auditEventTable } from './audit.table.js';
import { challengeTable } from './challenge.table.js';
import { keyCheckTable } from './key-check.table.js';
import { limitTable } from './limit.table.js';
import { organizationTable } from './organization.table.js';
import { sentTextTable } from './sent-text.table.js';
import { sessionTable } from './session.table.js';
import { setupTable } from './setup.table.js';
import { factorTable, twoFactorTable } from './two-factor.table.js';
import { userPartTable } from './user-part.table.js';
import { userTable } from './user.table.js';

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
  sentTextTable,
  keyCheckTable,
  auditEventTable,
  auditChainTable,
  auditCheckpointTable,
];
