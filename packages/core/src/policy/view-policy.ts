import type { User } from '../users/user.js';
import { mayUpdatePolicy } from './check-policy.js';
import type { PolicyStore, StoredPolicy } from './policy-store.js';

export interface ShownPolicy extends StoredPolicy {
  readonly viewerCanUpdate: boolean;
}

/** policy: what the organisation asks of everybody; everybody may know. */
export function viewPolicy(deps: { readonly policies: Pick<PolicyStore, 'find'> }) {
  return async (viewer: User): Promise<ShownPolicy> => ({
    ...(await deps.policies.find(viewer.organization.id)),
    viewerCanUpdate: mayUpdatePolicy(viewer),
  });
}
