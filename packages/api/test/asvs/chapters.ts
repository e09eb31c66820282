import type { Requirement } from './requirement.js';
import { encoding } from './requirements/v01-encoding.js';
import { validation } from './requirements/v02-validation.js';
import { headers } from './requirements/v03-headers.js';
import { origins } from './requirements/v03-origins.js';
import { api } from './requirements/v04-api.js';
import { files } from './requirements/v05-files.js';
import { authentication } from './requirements/v06-authentication.js';
import { factors } from './requirements/v06-factors.js';
import { sessionManagement } from './requirements/v07-sessions.js';
import { authorization } from './requirements/v08-authorization.js';
import { tokens } from './requirements/v09-tokens.js';
import { oauth } from './requirements/v10-oauth.js';
import { cryptography } from './requirements/v11-cryptography.js';
import { communication } from './requirements/v12-communication.js';
import { configuration } from './requirements/v13-configuration.js';
import { data } from './requirements/v14-data.js';
import { architecture } from './requirements/v15-architecture.js';
import { logs } from './requirements/v16-logging.js';
import { webrtc } from './requirements/v17-webrtc.js';

export interface Chapter {
  readonly title: string;
  readonly requirements: readonly Requirement[];
}

/** In the order of the standard. */
export const chapters: readonly Chapter[] = [
  { title: 'V1 Encoding and sanitisation', requirements: encoding },
  { title: 'V2 Validation and business logic', requirements: validation },
  { title: 'V3 Web front end', requirements: [...headers, ...origins] },
  { title: 'V4 API', requirements: api },
  { title: 'V5 Files', requirements: files },
  { title: 'V6 Authentication', requirements: [...authentication, ...factors] },
  { title: 'V7 Sessions', requirements: sessionManagement },
  { title: 'V8 Authorisation', requirements: authorization },
  { title: 'V9 Self-contained tokens', requirements: tokens },
  { title: 'V10 OAuth and OpenID Connect', requirements: oauth },
  { title: 'V11 Cryptography', requirements: cryptography },
  { title: 'V12 Communication', requirements: communication },
  { title: 'V13 Configuration', requirements: configuration },
  { title: 'V14 Data protection', requirements: data },
  { title: 'V15 Architecture', requirements: architecture },
  { title: 'V16 Logs and errors', requirements: logs },
  { title: 'V17 WebRTC', requirements: webrtc },
];
