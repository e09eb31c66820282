import { notApplicable } from '../requirement.js';

const none = 'There is no WebRTC.';

export const webrtc = [
  notApplicable('17.1.1', 2, 'TURN reaches no reserved addresses', none),
  notApplicable('17.2.1', 2, 'Keys of DTLS certificates are managed', none),
  notApplicable('17.2.2', 2, 'DTLS uses approved suites', none),
  notApplicable('17.2.3', 2, 'SRTP is authenticated', none),
  notApplicable('17.2.4', 2, 'Malformed media does no harm', none),
  notApplicable('17.3.1', 2, 'Signalling survives a flood', none),
  notApplicable('17.3.2', 2, 'Signalling survives malformed messages', none),
];
