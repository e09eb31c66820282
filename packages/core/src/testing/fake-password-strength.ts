import type { PasswordStrength } from '../ports.js';

/** Refuses what holds a word known about the user, and the passwords given. */
export function fakePasswordStrength(weak: readonly string[] = ['password-password']): PasswordStrength {
  return {
    isStrong: (password, knownAboutUser) =>
      Promise.resolve(
        !weak.includes(password) &&
          !knownAboutUser.some((word) => password.toLowerCase().includes(word.toLowerCase())),
      ),
  };
}
