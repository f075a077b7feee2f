import { afterEach, describe, expect, it } from '@jest/globals';
import { Logger, type ArgumentsHost } from '@nestjs/common';
import { StoreUnavailable, StoreUnreadable } from '../store/errors.js';
import type { Freshness } from '../web/frame/freshness.js';
import type { Refusals } from './refusals.js';
import type { WayBack } from '../web/sign-in/way-back.js';
import { VirtualClock } from '../../test/virtual-clock.js';
import { answerTo } from './error-answer.js';
import { ErrorFilter } from './error.filter.js';

/** What is logged of an error that leaves by HTTP. */
const logged = (error: unknown, times: readonly number[] = [0]): string => {
  const said: string[] = [];
  const say = (message: string): number => said.push(message);
  Logger.overrideLogger({ log: say, warn: say, error: say });
  const response = { headersSent: true, setHeader: () => undefined, end: () => undefined };
  const http = { getRequest: () => ({}), getResponse: () => response };
  const host = { switchToHttp: () => http } as unknown as ArgumentsHost;
  const clock = new VirtualClock(0);
  const filter = new ErrorFilter(
    {} as Freshness,
    {} as WayBack,
    { note: () => undefined } as unknown as Refusals,
    clock,
  );
  for (const pause of times) {
    clock.pass(pause);
    filter.catch(error, host);
  }
  return said.join('\n');
};

describe('what is logged of an error of the log', () => {
  afterEach(() => {
    Logger.overrideLogger(true);
  });

  it('are our own words, and not those of a server, which can name a stream, and with it somebody', () => {
    const cause = new Error("Event stream 'custodywatch_person-A1234BC' is deleted.");
    const line = logged(new StoreUnreadable('The event server holds a stream of ours that was deleted.', { cause }));
    expect(line).toBe('STORE_UNREADABLE: The event server holds a stream of ours that was deleted.');
  });

  it('is the same reason once in ten seconds, however often it is asked', () => {
    const said = logged(new StoreUnavailable('The disk is full.'), [0, 1, 5_000, 4_998, 1, 9_999, 1]);
    expect(said.split('\n')).toHaveLength(3);
  });

  it('is where a file lies, which callers are not told', () => {
    const full = new StoreUnavailable('/srv/custody watch/data/log.db cannot grow: see https://example.com/a/b.');
    expect(logged(full)).toContain('/data/log.db');
    expect(answerTo(new StoreUnavailable('/srv/data/log.db cannot grow: see https://example.com/a/b.')).message).toBe(
      'log.db cannot grow: see https://example.com/a/b.',
    );
  });
});
