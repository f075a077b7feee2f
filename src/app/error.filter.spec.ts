import { afterEach, describe, expect, it } from '@jest/globals';
import { Logger, type ArgumentsHost } from '@nestjs/common';
import { StoreUnreadable } from '../store/errors.js';
import type { Freshness } from '../web/frame/freshness.js';
import type { WayBack } from '../web/sign-in/way-back.js';
import { ErrorFilter } from './error.filter.js';

/** What is logged of an error that leaves by HTTP. */
const logged = (error: unknown): string => {
  const said: string[] = [];
  const say = (message: string): number => said.push(message);
  Logger.overrideLogger({ log: say, warn: say, error: say });
  const response = { headersSent: true, setHeader: () => undefined, end: () => undefined };
  const http = { getRequest: () => ({}), getResponse: () => response };
  const host = { switchToHttp: () => http } as unknown as ArgumentsHost;
  new ErrorFilter({} as Freshness, {} as WayBack).catch(error, host);
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
});
