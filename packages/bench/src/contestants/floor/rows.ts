/** A user with organisation and method, as one row. */
export interface UserRow {
  readonly user_id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly created_at: number;
  readonly last_sign_in_at: number | null;
  readonly organization_id: string;
  readonly organization_name: string;
  readonly two_factor_required: number;
  readonly method: string | null;
}

export interface CredentialsRow extends UserRow {
  readonly password_hash: string;
  readonly disabled_at: number | null;
}

export interface ChallengeRow extends UserRow {
  readonly challenge_id: string;
  readonly keep_signed_in: number;
  readonly transport: string;
}

export interface SessionRow extends UserRow {
  readonly session_id: string;
  readonly last_seen_at: number;
  readonly idle_expires_at: number;
  readonly absolute_expires_at: number;
  readonly keep_signed_in: number;
  readonly password_confirmed_until: number | null;
}

export interface FactorRow {
  readonly method: string;
  readonly id: string;
  readonly kind: string;
  readonly sealed: string;
  readonly used_step: number | null;
}

/** Failures in a row, as the product writes them. */
export interface Attempts {
  readonly failures: number;
  readonly locks: number;
  readonly lockedUntil: number | null;
  readonly lastFailureAt: number;
}
