import type { EventKind } from '../../oversight/parked/parked-event.js';
import type { DropReason } from '../../store/dropped/dropped-events.js';

/** Records that the service cannot read, for those who run it. */
export const parked = {
  title: 'Records that cannot be read',
  lead: 'No safety alert closes for a person while a record about them cannot be read. Ask somebody to look at each person by other means first: nobody was alerted to what the record says.',
  parked: {
    heading: 'Set aside',
    empty: 'Every record can be read.',
    columns: { what: 'Record', who: 'Person', why: 'Why', since: 'Recorded' },
  },
  dropped: {
    heading: 'Dropped',
    lead: 'Nobody reads these records any more. Have them read again after an upgrade.',
    columns: { what: 'Record', who: 'Person', by: 'Dropped' },
    by: (user: string, at: string) => `${user}, ${at}`,
  },
  at: (position: string) => `position ${position}`,
  kinds: {
    'custody-event': 'Custody event',
    'pending-event': 'Custody event from a prison that does not hold the person',
    import: 'Import',
    'safety-alert': 'Change of a safety alert',
    handover: 'Hand-over',
  } satisfies Record<EventKind, string>,
  reasons: {
    UNREADABLE_CUSTODY_EVENT: 'Another version of the service wrote it, or it is damaged',
    UNKNOWN_ALERT_EVENT: 'Another version of the service wrote it, or it is damaged',
    UNKNOWN_HANDOVER_EVENT: 'Another version of the service wrote it, or it is damaged',
  } as Readonly<Partial<Record<string, string>>>,
  fault: (code: string) => `A fault in this version of the service: ${code}`,
  somebodyElse: 'Somebody in another prison',
  nobody: 'Not about one person',
  unknownSince: 'Not known',
  because: {
    label: 'Why it need not be read',
    choose: 'Choose a reason',
    missing: 'Choose why the record need not be read',
    codes: {
      DAMAGED: 'It is damaged, and cannot be repaired',
      NOT_OURS: 'Another program wrote it',
      RECORDED_AGAIN: 'What it says has been recorded again',
      NOT_NEEDED: 'Somebody has looked into it: it says nothing that matters now',
    } satisfies Record<DropReason, string>,
  },
  drop: 'Drop',
  retry: 'Read again',
  retryAll: 'Read all again',
  done: {
    dropped: 'The record is dropped. The service is reading everything again: this takes a moment.',
    retried: 'The service is reading everything again: this takes a moment.',
  },
  back: 'Records that cannot be read',
};
