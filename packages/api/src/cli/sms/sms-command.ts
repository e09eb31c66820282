import { createFactors, createSmsSender } from '@twofold/factors/server';
import { problem } from '@twofold/core/problem';
import { Command } from 'commander';
import { nodeRandom } from '../../adapters/node-random.js';
import type { Config } from '../../config.js';
import { readConfig } from '../../config.js';
import type { Call, Document } from '../act.js';
import { act } from '../act.js';
import type { FullShell } from '../shell.js';
import { CommandFailed, CommandRefused } from '../shell.js';

/** `sms …`: whether texts arrive. */
export function smsCommand(shell: FullShell): Command {
  const sms = new Command('sms').description('the carriers of text messages');
  act(
    sms
      .command('test')
      .argument('<number>', 'with its country code')
      .description('send one text by the configured carriers, and tell what they answered'),
    shell.terminal,
    ['sms test +4915123456789'],
    (call) => test(shell, readConfig(shell.environment, shell.root), call),
  );
  return sms;
}

async function test(shell: FullShell, config: Config, { words, terminal }: Call<object>): Promise<Document> {
  const { sms } = config;
  if (sms.driver === 'inbox')
    throw new CommandRefused('SMS_DRIVER is inbox: no text would leave this machine.');
  const to = numberOf(config, words[0] ?? '');
  const answers: { carrier: string; answer: string }[] = [];
  const carrierAt = (place: number) => sms.carriers[place]?.carrier ?? 'unknown';
  const tell = (answer: string) => {
    const told = { carrier: carrierAt(answers.length), answer };
    answers.push(told);
    terminal.print(`${told.carrier}: ${answer}`);
  };
  const sender = shell.smsSender ?? senderOf(config, (error) => tell(error.message));
  try {
    await sender.send({
      to,
      text: `Texts of ${new URL(config.publicUrl).hostname} arrive. There is nothing to do.`,
    });
  } catch (error) {
    tell(error instanceof Error ? error.message : 'It gave no reason.');
    throw new CommandFailed('The text was not sent, or it is not known whether it was.');
  }
  tell('It took the text.');
  return { sent: true, answers };
}

function senderOf({ sms, publicUrl }: Config, onPassedOver: (error: Error) => void) {
  if (sms.driver === 'inbox') throw new Error('The inbox carries nothing.');
  // Nobody waits for a report of this text.
  const carriers = sms.carriers.map((carrier) => ({ ...carrier, signingKey: null }));
  return createSmsSender({ driver: 'carriers', carriers, publicUrl, onPassedOver });
}

/** As the set-up of a phone takes it. */
function numberOf({ smsCountries, publicUrl }: Config, written: string): string {
  const factors = createFactors({
    random: nodeRandom,
    smsCountries,
    publicHost: new URL(publicUrl).hostname,
    smsSender: { send: () => Promise.reject(new Error('It only reads numbers.')) },
    onSmsFailure: () => undefined,
  });
  const factor = factors.of('SMS');
  if (factor.shape !== 'deliver') throw new Error('Texts are delivered.');
  const parsed = factor.parse(written, null);
  if (typeof parsed === 'string') throw new CommandRefused(problem(parsed).message);
  return parsed.address;
}
