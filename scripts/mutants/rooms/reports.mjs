const reports = ['packages/api/test/delivery/reports.test.ts'];
const door = ['packages/api/test/delivery/door.test.ts'];
const bird = ['packages/factors/src/sms/bird-report.test.ts'];
const messageBird = ['packages/factors/src/sms/messagebird-report.test.ts'];
const rule = ['packages/core/src/delivery/record-text-delivery.test.ts'];

/** @type {import('../patch.mjs').Mutant[]} */
export const deliveryReports = [
  {
    guard: 'A report that its carrier did not sign is refused.',
    file: 'packages/api/src/http/carrier-reports.ts',
    find: 'return reply.code(401).send();',
    replace: 'return reply.code(200).send();',
    tests: reports,
  },
  {
    guard: 'What is signed is looked for under the public address, whatever host a request names.',
    file: 'packages/api/src/http/carrier-reports.ts',
    find: "url: `${publicUrl}${raw.url ?? ''}`",
    replace: "url: `http://${headers.host ?? publicUrl}${raw.url ?? ''}`",
    tests: reports,
  },
  {
    guard: 'A report of a text that nobody sent is answered as any other.',
    file: 'packages/api/src/http/carrier-reports.ts',
    find: '} else await record(deps, reports, reading, request.id);',
    replace:
      '} else await record(deps, reports, reading, request.id);\n    if (reading.kind === "REPORT" && reading.report.messageId.startsWith("g")) return reply.code(404).send();',
    tests: reports,
  },
  {
    guard: 'A report has 16 KiB.',
    file: 'packages/api/src/http/carrier-reports.ts',
    find: 'bodyLimit: MAX_REPORT,',
    replace: 'bodyLimit: MAX_REPORT * 8,',
    tests: door,
  },
  {
    guard: 'After 300 reports without a right signature in five minutes, an address is told to wait.',
    file: 'packages/api/src/http/carrier-reports.ts',
    find: 'if (retryAt === null) return reply.code(401).send();',
    replace: 'if (retryAt === null || retryAt > 0) return reply.code(401).send();',
    tests: door,
  },
  {
    guard:
      'A report that is rightly signed is taken from an address of forgers too, and counts for none of them.',
    file: 'packages/api/src/http/carrier-reports.ts',
    find: `if (reading.kind === 'FORGED') {
      const retryAt = await deps.forgeries.take(request.ip);`,
    replace: `const retryAt = await deps.forgeries.take(request.ip);
    if (reading.kind === 'FORGED' || retryAt !== null) {`,
    tests: door,
  },
  {
    guard: 'Without a signing key there is no address for reports.',
    file: 'packages/factors/src/server.ts',
    find: 'if (signingKey === null) return [];',
    replace: '',
    also: [
      {
        file: 'packages/factors/src/server.ts',
        find: 'read: reader(signingKey)',
        replace: "read: reader(signingKey ?? '')",
      },
    ],
    tests: door,
  },
  {
    guard: 'Bird’s signature is compared.',
    file: 'packages/factors/src/sms/bird-report.ts',
    find: 'return given.length === expected.length && timingSafeEqual(given, expected);',
    replace: 'return given.length === expected.length || timingSafeEqual(given, expected);',
    tests: bird,
  },
  {
    guard: 'A report of Bird is worth nothing once Bird has stopped repeating it.',
    file: 'packages/factors/src/sms/bird-report.ts',
    find: 'if (age > OLDEST || age < -NEWEST) return false;',
    replace: 'if (age < -NEWEST) return false;',
    tests: bird,
  },
  {
    guard: 'A report of Bird does not come from the future.',
    file: 'packages/factors/src/sms/bird-report.ts',
    find: 'if (age > OLDEST || age < -NEWEST) return false;',
    replace: 'if (age > OLDEST) return false;',
    tests: bird,
  },
  {
    guard: 'A report of MessageBird whose signature has no end is refused.',
    file: 'packages/factors/src/sms/messagebird-report.ts',
    find: "requiredClaims: ['exp'],",
    replace: 'requiredClaims: [],',
    tests: messageBird,
  },
  {
    guard: 'MessageBird’s signature covers address and body.',
    file: 'packages/factors/src/sms/messagebird-report.ts',
    find: 'new VerifyOptions(true, true, {',
    replace: 'new VerifyOptions(false, true, {',
    tests: messageBird,
  },
  {
    guard: 'An error code of a carrier is no phone number.',
    file: 'packages/factors/src/sms/delivery-report.ts',
    find: 'const anErrorCode = /^[1-9][0-9]{0,5}$/;',
    replace: 'const anErrorCode = /^[1-9][0-9]{0,25}$/;',
    tests: [...messageBird, ...bird],
  },
  {
    guard: 'The reference of a text is not its code.',
    file: 'packages/factors/src/sms/messagebird.ts',
    find: '...(reportUrl !== null && { reportUrl, reference: randomUUID() }),',
    replace: '...(reportUrl !== null && { reportUrl, reference: text.slice(0, 6) + randomUUID().slice(6) }),',
    tests: ['packages/factors/src/sms/messagebird.test.ts', ...door],
  },
  {
    guard: 'A report that says no more than is known changes nothing.',
    file: 'packages/core/src/delivery/record-text-delivery.ts',
    find: "if (!saysMore(outcome, text.outcome)) return { kind: 'REPEATED' };",
    replace: '',
    tests: rule,
  },
  {
    guard: 'A phone that has the text keeps it.',
    file: 'packages/core/src/delivery/text-report.ts',
    find: "return known === null || (outcome === 'DONE' && known !== 'DONE');",
    replace: 'return known !== outcome;',
    tests: rule,
  },
  {
    guard: 'Reports of one text are settled one after the other.',
    file: 'packages/api/src/store/delivery/sent-text.store.ts',
    find: "'' : 'FOR UPDATE'",
    replace: "'' : ''",
    tests: ['packages/api/test/databases/stores.test.ts'],
  },
  {
    guard: 'That a text cannot be noted holds up no sign-in.',
    file: 'packages/api/src/compose-deps.ts',
    find: "logger.warn({ err: error }, 'A text was sent, and its delivery report will not be known');",
    replace: "throw error instanceof Error ? error : new Error('It was not noted.');",
    tests: door,
  },
  {
    guard: 'Texts are forgotten when no report of them is to be expected.',
    file: 'packages/api/src/store/purge-expired.ts',
    find: "{ table: 'sent_texts', id: 'receipt', column: 'expires_at' },",
    replace: '',
    tests: ['packages/api/test/databases/purge-expired.test.ts'],
  },
];
