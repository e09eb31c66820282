import { http } from '../evidence.js';
import { met, notApplicable } from '../requirement.js';

const noUpload = 'No file can be uploaded: a multipart body is refused.';
const noDownload =
  'The server hands out no file under a name from outside; the client saves CSV and recovery code under names of its own.';

export const files = [
  notApplicable('5.1.1', 2, 'Written rules for uploads', noUpload),
  notApplicable('5.2.1', 1, 'Files are small enough to be handled', noUpload),
  notApplicable('5.2.2', 1, 'The content is what the extension says', noUpload),
  notApplicable('5.2.3', 2, 'Archives are measured before they are unpacked', noUpload),
  notApplicable('5.3.1', 1, 'Uploaded files are not run', noUpload),
  met(
    '5.3.2',
    1,
    'Paths of files are not made from input',
    'The client’s files and the settings alone are read; no path leads out of the folder',
    ['api/src/http/client.ts', 'api/src/environment.ts'],
    [[http, 'no folder is listed, and no path leads out of it']],
  ),
  notApplicable('5.4.1', 2, 'Names of downloads are checked', noDownload),
  notApplicable('5.4.2', 2, 'Names of downloads are encoded', noDownload),
  notApplicable('5.4.3', 2, 'Files from outside are scanned', noUpload),
];
