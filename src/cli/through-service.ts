import { asSent } from '../custody/custody-event.js';
import { StillWatched, TellingIsComplete } from '../custody/errors.js';
import type { WatchedOver } from '../custody/still-watched.js';
import type { RecordingResult } from '../custody/recording-result.js';
import type { TellingPort } from '../custody/tellings/telling-port.js';
import type { LockHolder } from '../store/embedded/writer-lock.js';
import { START } from '../store/event-store.js';
import { WrongUsage } from './exit.js';

/** The service that holds the store does not answer as it should. */
class ServiceUnreachable extends Error {
  readonly code = 'SERVICE_UNREACHABLE';
}

/** The service finds mistakes in what it was to take up, and leaves it. */
class FaultsFound extends Error {
  readonly code = 'FAULTS_FOUND';
  constructor(problems: readonly string[]) {
    super(`the service goes on with what it has:\n${problems.join('\n')}`);
  }
}

/** Through the running service that holds the store. Its methods: @throws ServiceUnreachable, WrongUsage */
export const throughService = (holder: LockHolder): TellingPort => {
  const url = urlOf(holder);
  const post = async (path: string, type: string, body: string, expected?: string): Promise<Partial<ServiceAnswer>> => {
    const response = await askService(url + path, { method: 'POST', headers: { 'Content-Type': type }, body });
    const answer = response.status === 204 ? {} : ((await response.json()) as Partial<ServiceAnswer>);
    // All refused is an answer too: it says why, one by one.
    if (response.ok || answer.results) return answer;
    if (expected !== undefined && answer.errorCode === expected) return answer;
    throw new ServiceUnreachable(`${url} answered ${response.status}: ${answer.userMessage ?? 'no reason given'}`);
  };
  return {
    begin: async (telling, people) => {
      await refuseDemonstration(url);
      const beginning = JSON.stringify({ ...telling, prisonNumbers: people });
      const { errorCode } = await post('/tellings', JSON_TYPE, beginning, TellingIsComplete.CODE);
      if (errorCode !== undefined) throw new TellingIsComplete(telling.id);
    },
    record: async (events, { id }) => {
      const lines = events.map((event) => JSON.stringify(asSent(event))).join('\n'); // which may be of any size
      const answer = await post(`/custody-events?telling=${id}`, 'application/x-ndjson', lines);
      return { results: answer.results ?? [], position: answer.position ?? START };
    },
    complete: async (id) => {
      await post(`/tellings/${id}/complete`, JSON_TYPE, '{}');
    },
  };
};

type ServiceAnswer = RecordingResult & { readonly errorCode?: string; readonly userMessage?: string };

const JSON_TYPE = 'application/json';

/** Where the process that holds the store serves. @throws ServiceUnreachable while it does not */
const urlOf = ({ pid, url }: LockHolder): string => {
  if (url !== undefined) return url;
  throw new ServiceUnreachable(
    `The store is held by process ${pid ?? '?'}, which does not serve yet. Try again in a moment.`,
  );
};

/**
 * What the service that holds the store answers to JSON.
 * @throws WrongUsage where it refuses what was asked for, StillWatched where that has to be confirmed, FaultsFound where
 *   what it was to take up has mistakes, ServiceUnreachable where it cannot do it
 */
export const postToService = async <T extends object>(
  holder: LockHolder,
  path: string,
  body: object = {},
): Promise<T> =>
  answerOf(holder, path, { method: 'POST', headers: { 'Content-Type': JSON_TYPE }, body: JSON.stringify(body) });

/** The same, for what only reads. @throws WrongUsage, ServiceUnreachable */
export const getFromService = <T extends object>(holder: LockHolder, path: string): Promise<T> =>
  answerOf(holder, path);

const answerOf = async <T extends object>(holder: LockHolder, path: string, init?: RequestInit): Promise<T> => {
  const url = urlOf(holder);
  const response = await askService(url + path, init);
  const answer = (response.status === 204 ? {} : await response.json()) as T & {
    readonly userMessage?: string;
    readonly stillWatched?: WatchedOver;
    readonly problems?: readonly string[];
  };
  if (response.ok) return answer;
  if (answer.stillWatched) throw new StillWatched(answer.stillWatched);
  if (answer.problems) throw new FaultsFound(answer.problems);
  const why = `${url} answered ${response.status}: ${answer.userMessage ?? 'no reason given'}`;
  throw response.status < 500 ? new WrongUsage(why) : new ServiceUnreachable(why);
};

const refuseDemonstration = async (url: string): Promise<void> => {
  const info = (await (await askService(`${url}/info`)).json()) as { readonly demonstration?: boolean };
  if (info.demonstration) {
    throw new WrongUsage(`${url} runs the demonstration, and demonstration data never mixes with real data.`);
  }
};

/** Asks the service that holds the store; where it wants a sign-in, with the token in ACCESS_TOKEN. @throws ServiceUnreachable */
const askService = async (url: string, init?: RequestInit): Promise<Response> => {
  const { ACCESS_TOKEN: token } = process.env;
  const headers = new Headers(init?.headers);
  if (token) headers.set('Authorization', `Bearer ${token}`);
  try {
    return await fetch(url, { ...init, headers });
  } catch (error) {
    throw new ServiceUnreachable(`${url} does not answer.`, { cause: error });
  }
};
