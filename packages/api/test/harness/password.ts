/** Of every user that a test makes. */
export const PASSWORD = 'a quiet harbour at dawn';
