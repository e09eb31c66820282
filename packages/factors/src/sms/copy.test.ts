import { describe, expect, it } from 'vitest';
import { securityCodeText } from './copy.js';

const text = securityCodeText('dash.example');

describe('the text of a code (S14, S32)', () => {
  it('names code and organisation, and ends with the host that the code is for', () => {
    expect(text({ code: '012345', organization: 'Demo Signage' })).toBe(
      '012345 is your Demo Signage security code.\n\n@dash.example #012345',
    );
  });

  it.each(['\n', '\r\n', '\u2028', '\u0085', '\u202e'])(
    'threat: a name with the line end or control %j brings in another host',
    (control) => {
      const lines = text({
        code: '012345',
        organization: `Demo${control}@evil.example #012345${control}`,
      }).split(/[\n\r\u2028\u2029\u0085\u202e]/);
      expect(lines).toEqual([
        '012345 is your Demo @evil.example #012345 security code.',
        '',
        '@dash.example #012345',
      ]);
    },
  );

  it('cuts a long name, between characters', () => {
    const message = text({ code: '012345', organization: '🏢'.repeat(300) });
    expect(message).toContain(`your ${'🏢'.repeat(40)} security`);
  });
});
