import { describe, expect, it } from 'vitest';
import { phoneNumbersOf } from './phone.js';

const { parse, mask, area } = phoneNumbersOf([]);

describe('a phone number (S14, S15)', () => {
  it.each([
    ['+447911123456', null, '+447911123456'],
    ['+44 7911 123456', null, '+447911123456'],
    ['+44 (0)7911 123456', null, '+447911123456'],
    ['  +44\u00A07911\u00A0123456 ', null, '+447911123456'],
    ['07911 123456', 'GB', '+447911123456'],
    ['07911 123456', 'gb', '+447911123456'],
    ['(415) 555-2671', 'US', '+14155552671'],
    ['415.555.2671', 'US', '+14155552671'],
    ['00 44 7911 123456', 'DE', '+447911123456'],
    ['0151/12345678', 'DE', '+4915112345678'],
    ['+4915112345678', 'US', '+4915112345678'],
    ['+4915112345678', 'XX', '+4915112345678'],
  ])('%j dialled in %s is %s', (input, country, address) => {
    expect(parse(input, country)).toEqual({ address });
  });

  it.each([
    ['mobile', '+33612345678'],
    ['mobile, written with its 9', '+5491123456789'],
    ['fixed or mobile', '+12025550123'],
    ['fixed line', '+442079460000'],
    ['fixed line that keeps its zero', '+390612345678'],
    ['VoIP', '+445612345678'],
  ])('is taken of the type %s', (_type, phone) => {
    expect(parse(phone, null)).toEqual({ address: phone });
  });
});

describe('threat: texts to numbers that earn somebody money', () => {
  it.each([
    ['premium rate, US', '+19005551234'],
    ['premium rate, DE', '+499001234567'],
    ['premium rate, GB', '+448454640000'],
    ['shared cost', '+491801234567'],
    ['universal access', '+443001231234'],
    ['pager', '+447640123456'],
    ['voicemail', '+491511312345678'],
    ['personal number, GB', '+447012345678'],
    ['personal number, DE', '+4970012345678'],
    ['toll free', '+18005551234'],
    ['international freephone', '+80012345678'],
    ['international shared cost', '+80812345678'],
    ['Inmarsat', '+870773111632'],
    ['universal personal', '+878101234567890'],
    ['satellite', '+881612345678'],
    ['international network, of a length that the metadata does not know', '+88213123456'],
    ['iNum', '+883510012345'],
    ['international premium rate', '+97912345678'],
  ])('does not text %s', (_what, phone) => {
    expect(parse(phone, null)).toBe('PHONE_NUMBER_NOT_ALLOWED');
  });

  it.each(['911', '112', '60300', '600 300'])('does not text the short number %s', (input) => {
    expect(parse(input, 'GB')).toBe('PHONE_NUMBER_NOT_ALLOWED');
    expect(parse(input, null)).toBe('PHONE_NUMBER_NOT_ALLOWED');
  });
});

describe('threat: what is no number, or two', () => {
  it.each([
    ['nothing', ''],
    ['a space', ' '],
    ['a plus', '+'],
    ['two digits', '12'],
    ['a word', 'olivia'],
    ['letters of a vanity number', '+1 415 FLOWERS'],
    ['an extension', '+447911123456 ext 5'],
    ['an extension by x', '+447911123456x5'],
    ['an extension by #', '+447911123456#5'],
    ['an extension by ;', '+447911123456;ext=5'],
    ['two numbers', '+447911123456,+447911123457'],
    ['two signs', '++447911123456'],
    ['a sign within', '44+7911123456'],
    ['full-width digits', '+４４７９１１１２３４５６'],
    ['Arabic digits', '+٤٤٧٩١١١٢٣٤٥٦'],
    ['a full-width sign', '＋447911123456'],
    ['a line end', '+447911123456\n'],
    ['a tab', '+44\t7911123456'],
    ['a null', '+447911123456\0'],
    ['a bidi control', '\u202A+447911123456\u202C'],
    ['a URI', 'tel:+447911123456'],
    ['a calling code that is not given', '+999123456789'],
    ['too few digits', '+44791112345'],
    ['too many digits', '+4479111234567'],
    ['a reserved range', '+10005551234'],
    ['no country code and no country', '07911 123456'],
    ['41 characters', `+447911123456${' '.repeat(28)}`],
    ['a long text', '+44'.repeat(1_000_000)],
  ])('refuses %s', (_what, input) => {
    expect(parse(input, null)).toBe('PHONE_NUMBER_INVALID');
  });

  it.each(['', 'XX', 'GBR', '__proto__', 'constructor'])('refuses a number as dialled in "%s"', (country) => {
    expect(parse('07911 123456', country)).toBe('PHONE_NUMBER_INVALID');
  });
});

describe('a masked number (S24, S37)', () => {
  it.each([
    ['+447911123442', '•••• 42'],
    ['+14155552617', '•••• 17'],
  ])('shows the last two digits of %s alone', (phone, masked) => {
    expect(mask(phone)).toBe(masked);
  });
});

describe('the area of a number', () => {
  it.each([
    ['+447911123442', '44'],
    ['+14155552617', '1'],
    ['+358401234567', '358'],
  ])('of %s is its country calling code', (phone, code) => {
    expect(area(phone)).toBe(code);
  });

  it('is that of no country where the text is no number', () => {
    expect(() => area('mia@demo.example')).toThrow('E.164');
  });
});

describe('threat: texts to where nobody of the organisation lives', () => {
  const european = phoneNumbersOf(['DE', 'AT']);
  it.each(['+4915123456789', '+436641234567'])('texts the countries of the list: %s', (number) => {
    expect(european.parse(number, null)).toEqual({ address: number });
  });
  it.each(['+41791234567', '+12025550101'])('refuses every other country: %s', (number) => {
    expect(european.parse(number, null)).toBe('PHONE_NUMBER_NOT_ALLOWED');
  });
});
