import { EntitySchema } from 'typeorm';

export interface KeyCheckRow {
  readonly key_id: string;
  readonly sealed: string;
}

/** One row a key that a server has started with: a value sealed under it, which no other bytes open. */
export const keyCheckTable = new EntitySchema<KeyCheckRow>({
  name: 'key_checks',
  columns: {
    key_id: { type: 'varchar', length: 32, primary: true, primaryKeyConstraintName: 'pk_key_checks' },
    sealed: { type: 'text' },
  },
});
