/// <reference types="vite/client" />
import type { AuditAction, AuditOutcome } from '@twofold/contract/graphql';
import { describe, expect, it } from 'vitest';
import schema from '../../../contract/schema.graphql?raw';
import { runInApp } from '../testing/run-in-app.js';
import { useEventText } from './use-event-text.js';

function valuesOf<Value extends string>(name: string): Value[] {
  const [, body = ''] = new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(schema) ?? [];
  return [...body.matchAll(/^ {2}([A-Z_]+)$/gm)].map(([, value]) => value as Value);
}
const actions = valuesOf<AuditAction>('AuditAction');
const outcomes = valuesOf<AuditOutcome>('AuditOutcome');
const text = () => runInApp(useEventText).result;

describe('the words of the activity', () => {
  it('are there for every action and outcome of the contract', () => {
    expect(actions.length).toBeGreaterThan(10);
    expect(outcomes.length).toBeGreaterThan(10);
    const { what } = text();
    const sentences = actions.flatMap((action) =>
      outcomes.map((outcome) => what({ action, outcome, method: null })),
    );
    expect(sentences.filter((sentence) => !/^[A-Z][a-z ][^_{}]+$/.test(sentence))).toEqual([]);
    expect(sentences.filter((sentence) => sentence.includes('activity.'))).toEqual([]);
  });

  it('tell the actions apart, done and refused', () => {
    const { what } = text();
    for (const outcome of ['DONE', 'SMS_NOT_SENT'] as const) {
      const sentences = actions.map((action) => what({ action, outcome, method: null }));
      expect(new Set(sentences).size).toBe(actions.length);
    }
  });

  it('say what was done, by which method, and why something was refused', () => {
    const { what } = text();
    expect(what({ action: 'SIGN_IN', outcome: 'DONE', method: null })).toBe('Signed in');
    expect(what({ action: 'ENABLE_TWO_FACTOR', outcome: 'DONE', method: 'TOTP' })).toBe(
      'Two-factor authentication switched on (Mobile app)',
    );
    expect(what({ action: 'SIGN_IN', outcome: 'INVALID_CREDENTIALS', method: null })).toBe(
      'Sign-in refused: wrong email or password',
    );
    expect(what({ action: 'CONFIRM_PASSWORD', outcome: 'INVALID_CREDENTIALS', method: null })).toBe(
      'Password confirmation refused: wrong password',
    );
    expect(what({ action: 'SIGN_IN', outcome: 'CHALLENGED', method: 'SMS' })).toBe(
      'Password accepted, security code asked for (Text messages)',
    );
  });

  it('say of a text whether it arrived, and why not', () => {
    const { what } = text();
    const told = (outcome: AuditOutcome) => what({ action: 'DELIVER_TEXT', outcome, method: 'SMS' });
    expect(told('DONE')).toBe('Text delivered to the phone');
    expect(told('UNDELIVERED')).toBe('Text not delivered to the phone: the network gave it up');
    expect(told('EXPIRED')).toBe('Text not delivered to the phone: it ran out on the way');
  });

  it('name the device as far as it is known', () => {
    const device = (browser: string | null, system: string | null) =>
      text().device({ action: 'SIGN_IN', device: 'as it says', browser, system });
    expect(device('Firefox', 'Windows')).toBe('Firefox on Windows');
    expect(device('curl', null)).toBe('curl');
    expect(device(null, 'macOS')).toBe('macOS');
    expect(device(null, null)).toBe('Unknown device');
    const reported = {
      action: 'DELIVER_TEXT',
      device: 'MessageBird, error 101',
      browser: null,
      system: null,
    } as const;
    expect(text().device(reported)).toBe('MessageBird, error 101');
    expect(text().address({ ...reported, address: null })).toBe('From the carrier');
    expect(text().address({ action: 'SIGN_IN', address: null })).toBe('Unknown address');
  });
});
