import { describe, expect, it } from 'vitest';
import { createZxcvbnStrength } from './zxcvbn-strength.js';

const strength = createZxcvbnStrength();
const mia = ['mia.tanaka@demo.example', 'Mia Tanaka', 'Demo Signage'];

describe('a password that is hard to guess', () => {
  it.each([
    'tulip-anchor-granite-violin',
    'k3V!9zQp-fW2x',
    'wandering otters juggle lemons',
    'größenwahn im käfig 7',
    '密码很难猜到的一个句子呢',
    `${'a'.repeat(992)}kq8#Vz!2mWx-7Lp0Rt&5hYd^3sGb%9Jc`,
  ])('is taken: %s', async (password) => {
    expect(await strength.isStrong(password, mia)).toBe(true);
  });
});

describe('threat: guessing', () => {
  it.each([
    ['repeats a character', 'aaaaaaaaaaaaaaaa'],
    ['repeats it 1,024 times', 'a'.repeat(1_024)],
    ['repeats a word', 'passwordpassword'],
    ['is l33t', 'P@ssw0rd1234!'],
    ['follows the keyboard', 'qwertyuiop[]'],
    ['counts', '123456789012'],
    ['is a date twice', '01.01.201101.01.2011'],
    ['is a common password of 12 or more characters', '1qaz2wsx3edc'],
    ['is it in capitals', '1QAZ2WSX3EDC'],
    ['is it with punctuation', '1qaz-2wsx-3edc!'],
    ['is it in full-width characters', '１ｑａｚ２ｗｓｘ３ｅｄｃ'],
    ['is that of the demo', 'correct-horse-battery-staple'],
    ['is that of the demo, spelt another way', 'Correct Horse Battery Staple'],
    ['is the product', 'twofold-dashboard'],
    ['is the product with a number', 'Twofold Dashboard 2026!'],
  ])('refuses what %s', async (_how, password) => {
    expect(await strength.isStrong(password, [])).toBe(false);
  });

  it.each([
    'mia.tanaka@demo.example',
    'Mia Tanaka Mia',
    'Demo Signage',
    'tanaka-signage',
    'mia+TANAKA=demo+42',
  ])('refuses what is known about the user: %s', async (password) => {
    expect(await strength.isStrong(password, mia)).toBe(false);
  });

  it('judges the words of one user for that user alone', async () => {
    const [email = ''] = mia;
    expect(await strength.isStrong(email, ['zoe@other.example'])).toBe(true);
  });
});

describe('threat: a password that takes long to judge', () => {
  // zxcvbn's work grows with the square of the length: 1,024 characters of digits took 1.7 s of the event loop.
  const strongPart = 'kq8#Vz!2mWx-7Lp0Rt&5hYd^3sGb%9Jc';
  const weak = 'a'.repeat(496);
  it('judges its first and last 32 characters, however long it is', async () => {
    expect(await strength.isStrong(strongPart + weak + weak, mia)).toBe(true);
    expect(await strength.isStrong(weak + weak + strongPart, mia)).toBe(true);
    expect(await strength.isStrong(weak + strongPart + weak, mia)).toBe(false);
  });
});
