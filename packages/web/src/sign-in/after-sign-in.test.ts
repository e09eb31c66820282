import { describe, expect, it } from 'vitest';
import { nextLocation, noticeOf } from './after-sign-in.js';

describe('nextLocation', () => {
  it('goes back to a page of this site with its query', () => {
    expect(nextLocation('/account/users?search=mia')).toBe('/account/users?search=mia');
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'account',
    '',
  ])('does not lead to a stranger: %s', (next) => {
    expect(nextLocation(next)).toBeNull();
  });

  it('does not lead back to signing in, nor take the first of several', () => {
    expect(nextLocation('/sign-in/verify')).toBeNull();
    expect(nextLocation(['/account', '/users'])).toBeNull();
    expect(nextLocation(undefined)).toBeNull();
  });
});

describe('noticeOf', () => {
  it('knows why the page shows', () => {
    expect(noticeOf({ notice: 'signed-out' })).toBe('failure.sessionOver');
    expect(noticeOf({ notice: 'over' })).toBe('verify.over');
  });

  it('says nothing for anything else', () => {
    expect(noticeOf({ notice: 'toString' })).toBeNull();
    expect(noticeOf(null)).toBeNull();
  });
});
