const auditLog = ['packages/api/test/audit/audit-log.test.ts'];
const recordedFile = 'packages/core/src/audit/recorded.ts';

/** @type {import('../patch.mjs').Mutant[]} */
export const audit = [
  {
    guard: 'Every attempt leaves a line.',
    file: recordedFile,
    find: 'await deps.audit.record({ ...attempt, ...end });',
    replace: '',
    tests: auditLog,
  },
  {
    guard: 'So does an attempt that was refused before anything was done.',
    file: recordedFile,
    find: 'await deps.audit.record({ ...attempt, outcome: failure.problem.code });',
    replace: '',
    tests: auditLog,
  },
  {
    guard: 'The line stands in the transaction that it tells of.',
    file: recordedFile,
    find: 'return deps.transaction(async () => {\n    const result = await work();',
    replace: 'return (async () => {\n    const result = await deps.transaction(work);',
    also: [
      {
        file: recordedFile,
        find: 'await deps.audit.record({ ...attempt, ...end });\n    return result;\n  });',
        replace:
          'await deps.transaction(() => deps.audit.record({ ...attempt, ...end }));\n    return result;\n  })();',
      },
    ],
    tests: ['packages/api/test/faults/nth-statement.test.ts'],
  },
  {
    guard: 'The store takes no line outside of a transaction.',
    file: 'packages/api/src/store/audit/audit.store.ts',
    find: 'if (!isInsideTransaction())',
    replace: 'if (entry.action === undefined)',
    tests: auditLog,
  },
  {
    guard: 'A line that was altered is found out.',
    file: 'packages/core/src/audit/audit-chain.ts',
    find: 'if (!matches(sealedText(seal, position, event), event.seal))',
    replace: 'if (!matches(sealedText(seal, position, event), event.seal) && position < 0)',
    tests: auditLog,
  },
  {
    guard:
      'A line that was deleted is found out (the position and the seal before cover for each other: both removed).',
    file: 'packages/core/src/audit/audit-chain.ts',
    find: "if (event.position !== position) return { position, id: null, fault: 'MISSING' };",
    replace: 'position = event.position;',
    also: [
      {
        file: 'packages/core/src/audit/audit-chain.ts',
        find: '    previousSeal,\n    position,',
        replace: '    position,',
      },
    ],
    tests: auditLog,
  },
  {
    guard: 'A seal covers the one before it: lines of two chains do not mix.',
    file: 'packages/core/src/audit/audit-chain.ts',
    find: '    previousSeal,\n    position,',
    replace: '    position,',
    tests: ['packages/core/src/audit/audit-chain.test.ts'],
  },
  {
    guard: 'Lines that were cut off at the end are found out.',
    file: 'packages/core/src/audit/verify-audit-log.ts',
    find: 'if (reached.position < end.position) return',
    replace: 'if (end.position < 0) return',
    tests: auditLog,
  },
  {
    guard: 'A forged checkpoint is found out.',
    file: 'packages/core/src/audit/verify-audit-log.ts',
    find: '!digest.matchesKeyed(checkpointText(checkpoint), CHECKPOINT_CONTEXT, checkpoint.signature)',
    replace: 'checkpoint.position < 0',
    tests: [...auditLog, 'packages/api/test/audit/commands.test.ts'],
  },
  {
    guard: 'A log that does not hold is not trimmed: the traces of what was done to it would go.',
    file: 'packages/api/src/cli/audit/audit-command.ts',
    find: '  if (!verdict.whole) {',
    replace: "  if (!verdict.whole && keys.ring.newest.id === '') {",
    tests: ['packages/api/test/audit/commands.test.ts'],
  },
  {
    guard: 'A cell that a spreadsheet would run is shown as text.',
    file: 'packages/core/src/audit/audit-csv.ts',
    find: '/^[=+\\-@\\t\\r\\n＝＋－＠]/.test(value) ?',
    replace: "value === '=' ?",
    tests: auditLog,
  },
  {
    guard: 'A cell does not end where its text has a quotation mark.',
    file: 'packages/core/src/audit/audit-csv.ts',
    find: `\`"\${harmless.replaceAll('"', '""')}"\``,
    replace: '`"${harmless}"`',
    tests: auditLog,
  },
  {
    guard: 'A sealed value that does not open leaves a line of its own, although what met it is rolled back.',
    file: 'packages/api/src/compose-deps.ts',
    find: 'if (owner) await recordAltered(owner);',
    replace: '',
    tests: ['packages/api/test/keys/tampered.test.ts'],
  },
];
