import { EntitySchema } from 'typeorm';

export interface PolicyReminderRow {
  /** Stage, deadline and user: who writes it, and nobody else, sends the mail. */
  readonly id: string;
  readonly user_id: string;
  /** The deadline: nobody is reminded of it afterwards. */
  readonly expires_at: number;
}

export const policyReminderTable = new EntitySchema<PolicyReminderRow>({
  name: 'policy_reminders',
  columns: {
    id: { type: 'varchar', length: 80, primary: true, primaryKeyConstraintName: 'pk_policy_reminders' },
    user_id: { type: 'varchar', length: 36 },
    expires_at: { type: 'bigint' },
  },
  indices: [
    { name: 'ix_policy_reminders_user', columns: ['user_id'] },
    { name: 'ix_policy_reminders_expiry', columns: ['expires_at'] },
  ],
  foreignKeys: [
    {
      name: 'fk_policy_reminders_user',
      target: 'users',
      columnNames: ['user_id'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
