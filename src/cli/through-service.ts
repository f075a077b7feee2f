import { asSent, type CustodyEvent } from '../custody/custody-event.js';
import type { Recorded } from '../custody/recorded.js';
import type { Holder } from '../store/embedded/writer-lock.js';
import { START } from '../store/event-store.js';
import { WrongUsage } from './exit.js';

/** The service that holds the store does not answer as it should. */
class ServiceUnreachable extends Error {
  readonly code = 'SERVICE_UNREACHABLE';
}

/** Records events through the running service that holds the store. @throws ServiceUnreachable, WrongUsage */
export const throughService = ({ pid, url }: Holder): ((events: readonly CustodyEvent[]) => Promise<Recorded>) => {
  const who = `process ${pid ?? '?'}`;
  if (url === undefined) {
    throw new ServiceUnreachable(`The store is held by ${who}, which does not serve yet. Try again in a moment.`);
  }
  let checked = false;
  return async (events) => {
    if (!checked) await refuseDemonstration(url);
    checked = true;
    const response = await ask(`${url}/custody-events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(events.map(asSent)),
    });
    const answer = (await response.json()) as Partial<Recorded> & { readonly userMessage?: string };
    // All refused is an answer too: it says why, one by one.
    if (answer.results) return { results: answer.results, position: answer.position ?? START };
    throw new ServiceUnreachable(`${url} answered ${response.status}: ${answer.userMessage ?? 'no reason given'}`);
  };
};

const refuseDemonstration = async (url: string): Promise<void> => {
  const info = (await (await ask(`${url}/info`)).json()) as { readonly demonstration?: boolean };
  if (info.demonstration) {
    throw new WrongUsage(`${url} runs the demonstration, and demonstration data never mixes with real data.`);
  }
};

const ask = async (url: string, init?: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw new ServiceUnreachable(`${url} does not answer.`, { cause: error });
  }
};
