import { afterEach, describe, expect, it } from 'vitest';
import { birdSender } from './bird.js';
import { failoverSender } from './failover-sender.js';
import { messageBirdSender } from './messagebird.js';
import { NotAccepted, type SmsSender } from './sms-sender.js';
import {
  type Answer,
  closeCarriers,
  closedPort,
  failureOf,
  fakeCarrier,
  json,
  message,
} from './testing/fake-carrier.js';

/** A sender that does what it is told and notes the time that it was given. */
function scripted(outcome: () => void, takes = 0, clock = { now: 0 }) {
  const given: (number | undefined)[] = [];
  const sender: SmsSender = {
    async send(_message, within) {
      given.push(within);
      clock.now += takes;
      outcome();
      return null;
    },
  };
  return { sender, given };
}

const takes = () => {};
const refuses = (reason: string) => () => {
  throw new NotAccepted(reason);
};
const leavesInDoubt = () => {
  throw new Error('cut off');
};

function inTurn(...senders: { sender: SmsSender }[]) {
  const clock = { now: 0 };
  return { clock, ...withClock(clock, ...senders) };
}

function withClock(clock: { now: number }, ...senders: { sender: SmsSender }[]) {
  const passedOver: string[] = [];
  const sender = failoverSender({
    senders: senders.map(({ sender }) => sender),
    onPassedOver: (error) => passedOver.push(error.message),
    now: () => clock.now,
  });
  return { sender, passedOver };
}

describe('several senders', () => {
  it('ask the first one alone where it takes the message', async () => {
    const [first, second] = [scripted(takes), scripted(takes)];
    const { sender, passedOver } = inTurn(first, second);
    await sender.send(message);
    expect([first.given.length, second.given.length, passedOver]).toEqual([1, 0, []]);
  });

  it('ask the next one where one refuses, and tell why', async () => {
    const [first, second, third] = [scripted(refuses('one')), scripted(refuses('two')), scripted(takes)];
    const { sender, passedOver } = inTurn(first, second, third);
    await sender.send(message);
    expect(passedOver).toEqual(['one', 'two']);
    expect(third.given).toHaveLength(1);
  });

  it('fail for certain where all refuse, with the last reason', async () => {
    const { sender, passedOver } = inTurn(scripted(refuses('one')), scripted(refuses('two')));
    await expect(sender.send(message)).rejects.toThrow(new NotAccepted('two'));
    expect(passedOver).toEqual(['one']);
  });

  it('begin with the first one again for the next message', async () => {
    const [first, second] = [scripted(refuses('one')), scripted(takes)];
    const { sender } = inTurn(first, second);
    await sender.send(message);
    await sender.send(message);
    expect(first.given).toHaveLength(2);
  });

  it('fail where there is none', async () => {
    await expect(inTurn().sender.send(message)).rejects.toThrow(NotAccepted);
  });
});

describe('threat: a second text for one code', () => {
  it('goes to nobody else where the first one is in doubt', async () => {
    const [first, second] = [scripted(leavesInDoubt), scripted(takes)];
    const { sender, passedOver } = inTurn(first, second);
    await expect(sender.send(message)).rejects.toThrow('cut off');
    expect([second.given.length, passedOver]).toEqual([0, []]);
  });

  it('goes to nobody else where a later one is in doubt', async () => {
    const [first, second, third] = [scripted(refuses('one')), scripted(leavesInDoubt), scripted(takes)];
    await expect(inTurn(first, second, third).sender.send(message)).rejects.toThrow('cut off');
    expect(third.given).toEqual([]);
  });
});

describe('threat: a carrier that hangs keeps everybody out', () => {
  it('asks it last for a minute, and then first again', async () => {
    const [first, second] = [scripted(leavesInDoubt), scripted(takes)];
    const { sender, clock } = inTurn(first, second);
    await expect(sender.send(message)).rejects.toThrow('cut off');
    await sender.send(message);
    clock.now = 59_999;
    await sender.send(message);
    expect([first.given.length, second.given.length]).toEqual([1, 2]);
    clock.now = 60_000;
    await expect(sender.send(message)).rejects.toThrow('cut off');
    expect(first.given).toHaveLength(2);
  });

  it('asks it all the same where the others refuse', async () => {
    const [first, second] = [scripted(leavesInDoubt), scripted(refuses('two'))];
    const { sender } = inTurn(first, second);
    await expect(sender.send(message)).rejects.toThrow('cut off');
    await expect(sender.send(message)).rejects.toThrow('cut off');
    expect(second.given).toHaveLength(1);
  });

  it('shares one deadline of 5 s among all', async () => {
    const clock = { now: 1_000 };
    const first = scripted(refuses('one'), 2_000, clock);
    const second = scripted(refuses('two'), 1_500, clock);
    const third = scripted(takes, 0, clock);
    await withClock(clock, first, second, third).sender.send(message);
    expect([...first.given, ...second.given, ...third.given]).toEqual([5_000, 3_000, 1_500]);
  });

  it('asks nobody in the last second: the answer would not be waited for', async () => {
    const clock = { now: 0 };
    const second = scripted(takes, 0, clock);
    const { sender, passedOver } = withClock(clock, scripted(refuses('one'), 4_001, clock), second);
    await expect(sender.send(message)).rejects.toThrow(new NotAccepted('one'));
    expect([second.given, passedOver]).toEqual([[], []]);
  });
});

describe('Bird, then MessageBird', () => {
  afterEach(closeCarriers);

  const accessKey = 'the-access-key';
  const bird = (createAgent: Awaited<ReturnType<typeof fakeCarrier>>['createAgent']) =>
    birdSender({ accessKey, workspaceId: 'w', channelId: 'c', createAgent, deadline: 600 });

  async function pair(answer: Answer) {
    const first = await fakeCarrier(answer);
    const second = await fakeCarrier(json(201, { id: 'x' }));
    const messageBird = messageBirdSender({
      accessKey,
      originator: 'Demo',
      reportUrl: null,
      createAgent: second.createAgent,
    });
    const sender = failoverSender({
      senders: [bird(first.createAgent), messageBird],
      onPassedOver: () => {},
    });
    return { first, second, sender, messageBird };
  }

  it.each([401, 402, 403, 404, 422, 429])('goes on after %i', async (status) => {
    const { first, second, sender } = await pair(json(status, { code: 'Refused' }));
    await sender.send(message);
    expect([first.requests(), second.requests()]).toEqual([1, 1]);
  });

  it('goes on where Bird cannot be reached', async () => {
    const { second, messageBird } = await pair(json(202, { id: 'x' }));
    const senders = [bird(await closedPort()), messageBird];
    await failoverSender({ senders, onPassedOver: () => {} }).send(message);
    expect(second.requests()).toBe(1);
  });

  it.each<[string, Answer]>([
    ['silence', () => {}],
    ['a broken connection', (request) => request.socket.destroy()],
    ['an answer without an id', json(202, {})],
    ['an internal error', json(500, { code: 'Internal' })],
    ['a gateway that waited in vain', json(504, {})],
  ])('stops after %s, and the next code goes by MessageBird', async (_what, answer) => {
    const { first, second, sender } = await pair(answer);
    expect(await failureOf(sender)).not.toBeInstanceOf(NotAccepted);
    expect([first.requests(), second.requests()]).toEqual([1, 0]);
    await sender.send(message);
    expect([first.requests(), second.requests()]).toEqual([1, 1]);
  });
});
