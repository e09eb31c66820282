import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditCommand } from '../../src/cli/audit/audit-command.js';
import { databases } from '../databases/open-test-database.js';
import type { Scene } from '../harness/scene.js';
import { openScene } from '../harness/scene.js';
import { testKey } from '../harness/open-service.js';

describe.each(databases)('the commands of the audit log, on $name', ({ open }) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(open);
  });
  afterAll(() => scene.close());

  async function audit(...words: string[]): Promise<{ said: string; code: number }> {
    const said: string[] = [];
    const terminal = {
      print: (line: string) => void said.push(line),
      note: (line: string) => void said.push(line),
      write: (part: string) => Promise.resolve(void said.push(part)),
    };
    const environment = {
      DATABASE_URL: scene.database.url,
      ENCRYPTION_KEYS: `test:${testKey.toString('base64')}`,
    };
    process.exitCode = 0;
    await auditCommand({ environment, root: '/', terminal }).parseAsync(words, { from: 'user' });
    const code = process.exitCode;
    process.exitCode = 0;
    return { said: said.join('\n'), code };
  }

  it('verify says that the chain holds, and names the first line that does not', async () => {
    await scene.plainUser();
    await audit('trim', '--older-than', '99999');
    const { said, code } = await audit('verify');
    expect(said).toMatch(/^The chain holds: [1-9]\d* lines, from position 1 on\.$/);
    expect(code).toBe(0);
    const { sql } = scene.database.database;
    const [line] = await sql.all<{ id: string; address: string }>(
      'SELECT id, address FROM audit_events WHERE position = 1',
    );
    await sql.run("UPDATE audit_events SET address = '192.0.2.1' WHERE position = 1");
    const broken = await audit('verify');
    expect(broken).toEqual({
      said: expect.stringContaining(`Position 1 is not as it was sealed (line ${line?.id ?? ''})`),
      code: 1,
    });
    const refused = await audit('trim', '--older-than', '1');
    expect(refused).toEqual({ said: expect.stringMatching(/^Nothing was deleted\./), code: 1 });
    await sql.run('UPDATE audit_events SET address = ? WHERE position = 1', [line?.address ?? '']);
    expect((await audit('verify')).code).toBe(0);
  });

  it('trim deletes what is older than the clock allows, and the rest still holds', async () => {
    // The lines of the test carry the moment of its fixed clock, weeks before the clock of the command.
    const { said } = await audit('trim', '--older-than', '1');
    expect(said).toMatch(/^Lines deleted: [1-9]\d*\.$/);
    expect((await audit('verify')).said).toMatch(/^The chain holds: 0 lines/);
  });
});
