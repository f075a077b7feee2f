import { asSent, type CustodyEvent } from '../custody/custody-event.js';
import type { RecordingResult } from '../custody/recording-result.js';
import type { LockHolder } from '../store/embedded/writer-lock.js';
import { START } from '../store/event-store.js';
import { WrongUsage } from './exit.js';

/** The service that holds the store does not answer as it should. */
export class ServiceUnreachable extends Error {
  readonly code = 'SERVICE_UNREACHABLE';
}

/** Records events through the running service that holds the store. @throws ServiceUnreachable, WrongUsage */
export const throughService = (holder: LockHolder): ((events: readonly CustodyEvent[]) => Promise<RecordingResult>) => {
  const url = urlOf(holder);
  let checked = false;
  return async (events) => {
    if (!checked) await refuseDemonstration(url);
    checked = true;
    const response = await askService(`${url}/custody-events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson' }, // which may be of any size
      body: events.map((event) => JSON.stringify(asSent(event))).join('\n'),
    });
    const answer = (await response.json()) as Partial<RecordingResult> & { readonly userMessage?: string };
    // All refused is an answer too: it says why, one by one.
    if (answer.results) return { results: answer.results, position: answer.position ?? START };
    throw new ServiceUnreachable(`${url} answered ${response.status}: ${answer.userMessage ?? 'no reason given'}`);
  };
};

/** Where the process that holds the store serves. @throws ServiceUnreachable while it does not */
export const urlOf = ({ pid, url }: LockHolder): string => {
  if (url !== undefined) return url;
  throw new ServiceUnreachable(
    `The store is held by process ${pid ?? '?'}, which does not serve yet. Try again in a moment.`,
  );
};

const refuseDemonstration = async (url: string): Promise<void> => {
  const info = (await (await askService(`${url}/info`)).json()) as { readonly demonstration?: boolean };
  if (info.demonstration) {
    throw new WrongUsage(`${url} runs the demonstration, and demonstration data never mixes with real data.`);
  }
};

/** Asks the service that holds the store; where it wants a sign-in, with the token in ACCESS_TOKEN. @throws ServiceUnreachable */
export const askService = async (url: string, init?: RequestInit): Promise<Response> => {
  const { ACCESS_TOKEN: token } = process.env;
  const headers = new Headers(init?.headers);
  if (token) headers.set('Authorization', `Bearer ${token}`);
  try {
    return await fetch(url, { ...init, headers });
  } catch (error) {
    throw new ServiceUnreachable(`${url} does not answer.`, { cause: error });
  }
};
