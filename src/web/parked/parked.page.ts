import type { ParkedEventBody } from '../../oversight/parked/parked-event.js';
import { DROP_REASONS } from '../../store/dropped/dropped-events.js';
import { english } from '../words/english.js';

const words = english.parked;

/** What a form said that could not be taken. */
export interface UnmadeDecision {
  readonly position: string;
}

/** The id of the field that takes the reason. */
const fieldOf = (position: string): string => `because-${position.replaceAll('/', '-')}`;

const row = ({ position, kind, type, prisonNumber, mayDecide }: ParkedEventBody) => ({
  position,
  field: fieldOf(position),
  what: words.kinds[kind],
  type,
  who: prisonNumber ?? (mayDecide ? words.nobody : words.somebodyElse),
  href: prisonNumber === null ? undefined : `/prisoners/${prisonNumber}`,
  mayDecide,
});

/** Records that cannot be read, and those that were dropped. @param unmade a decision without a reason */
export const parkedPage = (events: readonly ParkedEventBody[], unmade?: UnmadeDecision) => ({
  parked: events
    .filter(({ dropped }) => dropped === null)
    .map((event) => ({
      ...row(event),
      why: words.reasons[event.reason] ?? words.fault(event.reason),
      since: event.knownAt,
      fault: event.position === unmade?.position ? words.because.missing : undefined,
    })),
  dropped: events.flatMap((event) => (event.dropped === null ? [] : [{ ...row(event), drop: event.dropped }])),
  reasons: [
    { value: '', text: words.because.choose },
    ...DROP_REASONS.map((code) => ({ value: code, text: words.because.codes[code] })),
  ],
  errors: unmade ? [{ text: words.because.missing, href: `#${fieldOf(unmade.position)}` }] : [],
});

export type ParkedPage = ReturnType<typeof parkedPage>;
