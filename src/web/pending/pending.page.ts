import { capitalised } from '../../kernel/say/join.js';
import { sayMoment } from '../frame/moments.js';
import { english } from '../words/english.js';
import type { ToldTwice } from './pending-reader.js';

const words = english.pending;

/** People whom two prisons tell of: what does not count yet, and who was received elsewhere. */
export const pendingPage = ({ waiting, waitingInAll, taken, mayOpen, prisonName }: ToldTwice) => ({
  waiting: waiting.map(({ prisonNumber, prisonId, heldBy, what, occurredAt, since, refused }) => ({
    prisonNumber,
    summary: words.waiting.told(prisonName(prisonId), prisonNumber, heldBy === null ? undefined : prisonName(heldBy)),
    href: mayOpen(prisonNumber) ? `/prisoners/${prisonNumber}` : undefined,
    what: capitalised(what),
    refused: refused === null ? undefined : words.waiting.refused(refused),
    occurredAt,
    since,
  })),
  showing: words.waiting.showing(waiting.length, waitingInAll),
  taken: taken.map(({ prisonNumber, takeover: { from, to, at } }) => ({
    prisonNumber,
    href: mayOpen(prisonNumber) ? `/prisoners/${prisonNumber}` : undefined,
    received: words.taken.at(prisonName(to), sayMoment(at)),
    from: prisonName(from),
  })),
});

export type PendingPage = ReturnType<typeof pendingPage>;
