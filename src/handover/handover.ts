import { NoSuchHandover, OwnHandover } from './errors.js';

/** Somebody hands over to the next shift. Instants are ISO in UTC; `by` is a user name. */
interface HandoverWritten {
  readonly type: 'HandoverWritten';
  readonly data: {
    readonly prisonId: string;
    /** Counts the hand-overs of the prison, from 1. */
    readonly number: number;
    /** The instant from which on it covers. */
    readonly since: string;
    readonly at: string;
    readonly by: string;
    /** The id of the form that was sent: the same form again writes nothing. */
    readonly requestId: string;
    /** The prison numbers in the note. */
    readonly names: readonly string[];
    /** Free text, personal: in the log it is sealed. */
    readonly note: string;
  };
}

/** Somebody of the next shift has read it. */
interface HandoverSigned {
  readonly type: 'HandoverSigned';
  readonly data: { readonly prisonId: string; readonly number: number; readonly at: string; readonly by: string };
}

export type HandoverEvent = HandoverWritten | HandoverSigned;

/** One hand-over of a prison, without its note. */
export type Handover = Omit<HandoverWritten['data'], 'note'> & {
  /** Who has read it, in order; the first took over. */
  readonly signatures: readonly Signature[];
};

type Signature = Pick<HandoverSigned['data'], 'by' | 'at'>;

/** The hand-overs of one prison by number, in order. */
export type Handovers = ReadonlyMap<number, Handover>;

export type WriteCommand = { readonly type: 'Write' } & Omit<HandoverWritten['data'], 'number'>;
export type SignCommand = { readonly type: 'Sign' } & HandoverSigned['data'];

/** The events to be written; none where it has been done already. @throws NoSuchHandover, OwnHandover */
export const decide = (command: WriteCommand | SignCommand, handovers: Handovers): HandoverEvent[] =>
  command.type === 'Write' ? write(command, handovers) : sign(command, handovers);

/** Two who hand over at once both do: nobody's note is lost. */
const write = ({ type: _, ...written }: WriteCommand, handovers: Handovers): HandoverEvent[] => {
  if ([...handovers.values()].some(({ requestId }) => requestId === written.requestId)) return [];
  return [{ type: 'HandoverWritten', data: { ...written, number: handovers.size + 1 } }];
};

/** Several people may sign it, but not the one who wrote it. */
const sign = ({ type: _, ...signed }: SignCommand, handovers: Handovers): HandoverEvent[] => {
  const handover = handovers.get(signed.number);
  if (!handover) throw new NoSuchHandover(signed.number);
  if (handover.by === signed.by) throw new OwnHandover();
  if (handover.signatures.some(({ by }) => by === signed.by)) return [];
  return [{ type: 'HandoverSigned', data: signed }];
};

/** The hand-over after an event; nothing for a signature on a hand-over that does not exist. */
export const evolve = (handover: Handover | undefined, { type, data }: HandoverEvent): Handover | undefined => {
  switch (type) {
    case 'HandoverWritten': {
      const { prisonId, number, since, at, by, requestId, names } = data;
      return { prisonId, number, since, at, by, requestId, names, signatures: [] };
    }
    case 'HandoverSigned': {
      const { by, at } = data;
      return handover && { ...handover, signatures: [...handover.signatures, { by, at }] };
    }
    // An event that this version does not know is never taken for a signature.
    default:
      return handover;
  }
};
