import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { countedAs, createAddressLimit, type ClosableAddressLimit } from './address-limit.js';
import { systemClock } from './system-clock.js';
import { tryRedis } from './try-redis.js';
import { freePort } from '../../test/harness/free-port.js';

const open: ClosableAddressLimit[] = [];

afterEach(() => {
  for (const limit of open.splice(0)) limit.close();
});

async function limitBy(redisUrl: string | null, onRedisError: (error: Error) => void = () => {}) {
  const limit = await createAddressLimit({ clock: systemClock, redisUrl, onRedisError });
  open.push(limit);
  return limit;
}

async function fail(limit: ClosableAddressLimit, address: string, times: number) {
  for (let i = 0; i < times; i += 1) expect(await limit.take(address)).toBeNull();
}

describe('failed passwords by address', () => {
  it('may be 300 in 5 minutes', async () => {
    const limit = await limitBy(null);
    await fail(limit, '192.0.2.1', 300);
    const until = (await limit.take('192.0.2.1')) ?? 0;
    expect(until - Date.now()).toBeGreaterThan(290_000);
    expect(until - Date.now()).toBeLessThanOrEqual(300_000);
  });

  it('do not count for another address', async () => {
    const limit = await limitBy(null);
    await fail(limit, '192.0.2.1', 300);
    expect(await limit.take('192.0.2.2')).toBeNull();
  });

  it('threat: 400 attempts at once are 300', async () => {
    const limit = await limitBy(null);
    const taken = await Promise.all(Array.from({ length: 400 }, () => limit.take('192.0.2.1')));
    expect(taken.filter((until) => until === null)).toHaveLength(300);
  });

  it('do not count once given back, and what was refused never did', async () => {
    const limit = await limitBy(null);
    await fail(limit, '192.0.2.1', 300);
    for (let i = 0; i < 20; i += 1) expect(await limit.take('192.0.2.1')).not.toBeNull();
    await limit.giveBack('192.0.2.1');
    await fail(limit, '192.0.2.1', 1);
    expect(await limit.take('192.0.2.1')).not.toBeNull();
  });

  it('threat: giving back what is no longer counted allows no more than 300', async () => {
    const limit = await limitBy(null);
    for (let i = 0; i < 5; i += 1) await limit.giveBack('192.0.2.1');
    await fail(limit, '192.0.2.1', 300);
    expect(await limit.take('192.0.2.1')).not.toBeNull();
  });

  it('threat: are spread over the addresses of one IPv6 network', async () => {
    const limit = await limitBy(null);
    for (let i = 0; i < 300; i += 1) await limit.take(`2001:db8:1:2:${i.toString(16)}::${i + 1}`);
    expect(await limit.take('2001:db8:1:2:ffff::1')).not.toBeNull();
    expect(await limit.take('2001:db8:1:3::1')).toBeNull();
  });
});

describe('what an address counts as', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['0:0:0:0:0:FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:DB8:0:0:1::', '2001:db8:0:0::/64'],
    ['2001:0db8:0001:0002:0003:0004:0005:0006', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', 'unknown'],
    ['::ffff:192.0.2.1, 10.0.0.1', 'unknown'],
  ])('%s is %s', (address, counted) => {
    expect(countedAs(address)).toBe(counted);
  });
});

describe('threat: Redis is down', () => {
  it('goes on counting in memory, and tells once', async () => {
    const errors: Error[] = [];
    const limit = await limitBy(`redis://127.0.0.1:${await freePort()}`, (error) => errors.push(error));
    await fail(limit, '192.0.2.1', 300);
    expect(await limit.take('192.0.2.1')).not.toBeNull();
    await expect.poll(() => errors.length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(errors).toHaveLength(1);
  });
});

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) console.warn('redis-server is not installed: sharing the address limit was not tested.');

describe.runIf(hasRedis)('with Redis', () => {
  it('counts over all processes, and goes on without it', async () => {
    const port = await freePort();
    const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '']);
    try {
      const url = `redis://127.0.0.1:${port}`;
      const [one, other] = [await limitBy(url), await limitBy(url)];
      // Until it has connected, a process counts by itself.
      await expect
        .poll(
          async () => {
            for (let i = 0; i < 300; i += 1) await other.take('198.51.100.1');
            return (await one.take('198.51.100.1')) !== null;
          },
          { timeout: 10_000 },
        )
        .toBe(true);
      await other.giveBack('198.51.100.1');
      expect([await one.take('198.51.100.1'), await other.take('198.51.100.1')]).toEqual([
        null,
        expect.any(Number),
      ]);
      await one.giveBack('198.51.100.2');
      await fail(one, '198.51.100.2', 300);
      expect(await one.take('198.51.100.2')).not.toBeNull();

      server.kill();
      await once(server, 'exit');
      await one.giveBack('192.0.2.7');
      await fail(one, '192.0.2.7', 300);
      expect(await one.take('192.0.2.7')).not.toBeNull();
    } finally {
      server.kill();
    }
  });

  it('counts by the account that docker/make-secrets.sh makes, which may touch its own keys alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'twofold-redis-'));
    cpSync(new URL('../../../../docker/make-secrets.sh', import.meta.url), join(folder, 'make-secrets.sh'));
    spawnSync('sh', [join(folder, 'make-secrets.sh'), 'test'], { stdio: 'inherit' });
    const secret = (name: string) => readFileSync(join(folder, 'secrets', name), 'utf8').trim();
    const port = await freePort();
    const acl = join(folder, 'secrets/redis_acl');
    const server = spawn('redis-server', [
      ...[
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--protected-mode',
        'no',
        '--aclfile',
        acl,
      ],
    ]);
    try {
      const url = secret('redis_url').replace('@redis:6379', `@127.0.0.1:${port}`);
      await expect.poll(() => tryRedis(url, 1_000).catch(() => 'down'), { timeout: 10_000 }).toBeNull();
      const [one, other] = [await limitBy(url), await limitBy(url)];
      await expect
        .poll(async () => {
          for (let i = 0; i < 300; i += 1) await other.take('198.51.100.1');
          return (await one.take('198.51.100.1')) !== null;
        })
        .toBe(true);
      // It answers whether it lives, also to whoever gives no password, and nothing else.
      const nobody = url.replace(/twofold:.*@/, '');
      expect(await asking(nobody, 'PING')).toBe('PONG');
      expect(await asking(nobody, 'GET', 'twofold:x')).toMatch(/^NOPERM/);
      expect(await asking(url, 'GET', 'twofold:x')).toBe(null);
      expect(await asking(url, 'GET', 'others:x')).toMatch(/^NOPERM/);
      expect(await asking(url, 'FLUSHALL')).toMatch(/^NOPERM/);
    } finally {
      server.kill();
      rmSync(folder, { recursive: true });
    }
  });
});

/** What Redis answers, an error as its text. */
async function asking(url: string, command: string, ...values: string[]): Promise<unknown> {
  const redis = new Redis(url, { enableReadyCheck: false });
  redis.on('error', () => undefined);
  try {
    return await redis.call(command, ...values);
  } catch (error) {
    return (error as Error).message;
  } finally {
    redis.disconnect();
  }
}
