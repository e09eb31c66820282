import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSmtpMailer } from './smtp-mailer.js';

const mail = { to: 'mia@demo.example', subject: 'Zwei-Faktor ist an', text: 'Hello Mia,\n.\nBye' };

let server: Server;
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

/** Just enough of RFC 5321 to take a mail. `replies` changes what a command is answered with; '' is silence. */
async function startServer(replies: Record<string, string> = {}) {
  const commands: string[] = [];
  const mails: string[] = [];
  server = createServer((socket) => {
    sockets.add(socket);
    let data: string | null = null;
    let pending = '';
    const say = (line: string) => line !== '' && socket.write(`${line}\r\n`);
    say(replies.greeting ?? '220 test');
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      pending += chunk.toString();
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 2);
        if (data !== null && line !== '.') {
          data += `${line}\n`;
        } else if (data !== null) {
          mails.push(data);
          data = null;
          say(replies['.'] ?? '250 taken');
        } else {
          commands.push(line);
          const verb = line.split(' ')[0] ?? '';
          if (verb === 'DATA') data = '';
          say(replies[verb] ?? (verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 ok'));
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const mailer = createSmtpMailer({
    url: `smtp://127.0.0.1:${port}`,
    from: 'Twofold <no-reply@twofold.example>',
    timeout: 300,
  });
  return { mailer, commands, mails };
}

describe('mail by SMTP', () => {
  it('goes from the sender to the one address, marked as automatic', async () => {
    const { mailer, commands, mails } = await startServer();
    await mailer.send(mail);
    expect(commands).toContain('MAIL FROM:<no-reply@twofold.example>');
    expect(commands.filter((command) => command.startsWith('RCPT'))).toEqual(['RCPT TO:<mia@demo.example>']);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatch(/^From: Twofold <no-reply@twofold\.example>$/m);
    expect(mails[0]).toMatch(/^To: mia@demo\.example$/m);
    expect(mails[0]).toMatch(/^Subject: Zwei-Faktor ist an$/m);
    expect(mails[0]).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(mails[0]).toContain('Hello Mia,');
    expect(mails[0]).toContain('Bye');
  });

  it.each([
    ['the greeting', { greeting: '554 no service' }],
    ['the sender', { MAIL: '550 no' }],
    ['the recipient', { RCPT: '550 no such user' }],
    ['the text', { '.': '554 no' }],
  ])('rejects where the server refuses %s', async (_what, replies) => {
    const { mailer } = await startServer(replies);
    await expect(mailer.send(mail)).rejects.toThrow();
  });

  it.each([
    ['does not greet', { greeting: '' }],
    ['falls silent', { MAIL: '' }],
    ['does not take the text', { '.': '' }],
  ])('gives up where the server %s', async (_what, replies) => {
    const { mailer } = await startServer(replies);
    const began = performance.now();
    await expect(mailer.send(mail)).rejects.toThrow();
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

describe('threat: an address or subject brings in headers or recipients', () => {
  it.each([
    'mia@demo.example\r\nBcc: eve@evil.example',
    'mia@demo.example\nRCPT TO:<eve@evil.example>',
    'mia@demo.example,eve@evil.example',
    'mia@demo.example eve@evil.example',
    'Mia <mia@demo.example>',
    '"mia"@demo.example',
    'mia@demo.example@evil.example',
    'group:eve@evil.example;',
    'mia',
    '',
  ])('refuses %j, before it dials', async (to) => {
    const { mailer, commands } = await startServer();
    await expect(mailer.send({ ...mail, to })).rejects.toThrow('one plain address');
    expect(commands).toEqual([]);
  });

  it('keeps a subject on one line', async () => {
    const { mailer, mails } = await startServer();
    await mailer.send({ ...mail, subject: 'Changed\r\nBcc: eve@evil.example\r\n\r\nBody' });
    expect(mails[0]).toMatch(/^Subject: Changed Bcc: eve@evil\.example Body$/m);
    expect(mails[0]).not.toMatch(/^Bcc:/m);
  });
});
