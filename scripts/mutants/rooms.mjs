import { access } from './rooms/access.mjs';
import { storage } from './rooms/at-rest.mjs';
import { audit } from './rooms/audit.mjs';
import { devices } from './rooms/devices.mjs';
import { http } from './rooms/http.mjs';
import { knownBrowsers } from './rooms/known-browsers.mjs';
import { limits } from './rooms/limits.mjs';
import { operators } from './rooms/operators.mjs';
import { policy } from './rooms/policy.mjs';
import { people } from './rooms/people.mjs';
import { recovery } from './rooms/recovery.mjs';
import { deliveryReports } from './rooms/reports.mjs';
import { sessions } from './rooms/sessions.mjs';
import { signIn } from './rooms/sign-in.mjs';
import { start } from './rooms/start.mjs';
import { textMessages } from './rooms/texts.mjs';
import { twoFactor } from './rooms/two-factor.mjs';
import { wayBack } from './rooms/way-back.mjs';

/** Every guard that is tried, in the order of docs/security/guards.md. @type {import('./patch.mjs').Room[]} */
export const rooms = [
  { room: 'Signing in', mutants: signIn },
  { room: 'Recovery, and where two-factor is demanded', mutants: recovery },
  { room: 'The policy of an organisation', mutants: policy },
  { room: 'Guessing', mutants: limits },
  { room: 'Browsers that are known', mutants: knownBrowsers },
  { room: 'Text messages', mutants: textMessages },
  { room: 'Delivery reports', mutants: deliveryReports },
  { room: 'Setting two-factor up, and its settings', mutants: twoFactor },
  { room: 'Sessions and passwords', mutants: sessions },
  { room: 'Devices', mutants: devices },
  { room: 'Getting in by a link', mutants: people },
  { room: 'The way back', mutants: wayBack },
  { room: 'Who may', mutants: access },
  { room: 'The web', mutants: http },
  { room: 'At rest, and the keys', mutants: storage },
  { room: 'The audit log', mutants: audit },
  { room: 'Operators', mutants: operators },
  { room: 'The start, and what goes out', mutants: start },
];
