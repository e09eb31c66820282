import { VerifyRecoveryCodeDocument, ViewerDocument } from '@twofold/contract/graphql';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMariaDb } from '../databases/open-test-database.js';
import type { TestService } from '../harness/open-service.js';
import { openService } from '../harness/open-service.js';
import type { Scene } from '../harness/scene.js';
import { ended, openScene } from '../harness/scene.js';
import type { CommitProxy } from './commit-proxy.js';
import { commitProxy } from './commit-proxy.js';

describe('a deadlock that COMMIT tells of, on MariaDB', () => {
  let scene: Scene;
  let proxy: CommitProxy;
  let service: TestService;
  beforeAll(async () => {
    scene = await openScene(openMariaDb);
    proxy = await commitProxy(scene.database.url);
    const database = { ...scene.database, url: proxy.url };
    service = await openService(database, { sharing: scene.service });
  });
  afterAll(async () => {
    await service.close();
    await proxy.close();
    await scene.close();
  });

  const recover = (challengeToken: string, recoveryCode: string) => ({
    input: { challengeToken, recoveryCode },
  });
  const lines = (outcome: string) =>
    scene.database.database.sql.all(
      "SELECT id FROM audit_events WHERE action = 'VERIFY_RECOVERY_CODE' AND outcome = ?",
      [outcome],
    );

  it('the whole of it is run again, and has happened once', async () => {
    const { email, recoveryCode } = await scene.appUser();
    const { challengeToken } = await scene.service.client().challenge(email);
    proxy.refuse = 3;
    const before = proxy.commits;
    const client = service.client();
    expect(await ended(client, VerifyRecoveryCodeDocument, recover(challengeToken, recoveryCode))).toBe(
      'SignedIn',
    );
    // The sealer of the audit log commits now and then as well.
    expect(proxy.commits - before).toBeGreaterThanOrEqual(4);
    expect(await lines('DONE')).toHaveLength(1);
    expect(await ended(client, VerifyRecoveryCodeDocument, recover(challengeToken, recoveryCode))).toBe(
      'CHALLENGE_EXPIRED',
    );
  });

  it('after ten times it is refused, nothing of it has happened, and the code is as good as before', async () => {
    const { email, owner, recoveryCode } = await scene.appUser();
    const { challengeToken } = await scene.service.client().challenge(email);
    proxy.refuse = Infinity;
    const answer = await service
      .client()
      .send(print(VerifyRecoveryCodeDocument), recover(challengeToken, recoveryCode));
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['SERVICE_UNAVAILABLE']);
    proxy.refuse = 0;
    expect(await lines('DONE')).toHaveLength(1);
    expect((await owner.run(ViewerDocument)).viewer?.email).toBe(email);
    expect(
      await ended(service.client(), VerifyRecoveryCodeDocument, recover(challengeToken, recoveryCode)),
    ).toBe('SignedIn');
  });
});
