import { createHash } from 'node:crypto';

/** A user of every contestant. All that is known of one follows from the number, so nothing has to be handed around. */
export interface Person {
  readonly number: number;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'OWNER' | 'MEMBER';
  /** 160 bits: what the authenticator app and the server share. */
  readonly secret: Buffer;
}

/** The password of all. It is long enough for every contestant's rules. */
export const PASSWORD = 'correct-horse-battery-staple';

export const ORGANIZATION = { id: '01900000-0000-7000-8000-000000000000', name: 'Bench Signage' };

/** 1 to the number of users. Number 1 owns the organisation. */
export function person(number: number): Person {
  const digits = String(number).padStart(6, '0');
  return {
    number,
    id: `01900000-0000-7000-8000-000001${digits}`,
    email: `person-${digits}@bench.example`,
    name: `Person ${digits}`,
    role: number === 1 ? 'OWNER' : 'MEMBER',
    secret: createHash('sha1').update(`secret of ${digits}`).digest(),
  };
}
