import { describe, expect, it } from 'vitest';
import { fakeDigest } from '../testing/fake-digest.js';
import type { SealedEvent } from './audit-chain.js';
import { FIRST_SEAL, firstFault, sealedText } from './audit-chain.js';
import type { AuditEvent } from './audit-log.js';

const digest = fakeDigest();
const CONTEXT = 'test';
const start = { position: 0, seal: FIRST_SEAL };
const matches = (text: string, seal: string) => digest.matchesKeyed(text, CONTEXT, seal);

const line = (id: string): AuditEvent => ({
  id,
  at: 0,
  action: 'SIGN_IN',
  outcome: 'DONE',
  organizationId: null,
  userId: null,
  method: null,
  sessionId: null,
  address: null,
  device: null,
  requestId: null,
  actorId: null,
  detail: null,
});

function chain(...ids: string[]): SealedEvent[] {
  let seal = FIRST_SEAL;
  return ids.map((id, at) => {
    seal = digest.keyed(sealedText(seal, at + 1, line(id)), CONTEXT);
    return { ...line(id), position: at + 1, seal };
  });
}

describe('the chain of the audit log', () => {
  it('threat: lines of two histories, as a backup brings them about, are mixed', () => {
    const [kept, lost] = [chain('one', 'two', 'three'), chain('one', 'another', 'last')];
    expect(firstFault(start, kept, matches)).toBeNull();
    expect(firstFault(start, lost, matches)).toBeNull();
    const mixed = [...kept.slice(0, 2), ...lost.slice(2)];
    expect(firstFault(start, mixed, matches)).toEqual({ position: 3, id: 'last', fault: 'ALTERED' });
  });

  it('seals a line without actor and detail as before there were any, and with them each word of them', () => {
    const plain = line('one');
    expect(sealedText(FIRST_SEAL, 1, plain)).toBe(
      '[1,"",1,"one",0,"SIGN_IN","DONE",null,null,null,null,null,null,null]',
    );
    const told = { ...plain, actorId: 'adam', detail: 'lost phone' };
    const texts = [plain, told, { ...told, actorId: null }, { ...told, detail: 'stolen phone' }];
    expect(new Set(texts.map((event) => sealedText(FIRST_SEAL, 1, event))).size).toBe(4);
  });

  it('goes on where a part of it was cut off', () => {
    const [, cut, ...rest] = chain('one', 'two', 'three', 'four');
    if (!cut) throw new Error('There is no second line.');
    expect(firstFault(cut, rest, matches)).toBeNull();
    expect(firstFault(start, rest, matches)).toEqual({ position: 1, id: null, fault: 'MISSING' });
  });
});
