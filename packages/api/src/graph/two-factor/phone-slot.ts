import { describedEnum } from '../enum.js';

export const PhoneSlot = describedEnum('PhoneSlot', 'Which of the two saved phones.', {
  PRIMARY: 'The phone that a code is texted to by itself.',
  BACKUP: 'The phone to take where the primary one is out of reach.',
});
