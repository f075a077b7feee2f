import { DateTime } from 'luxon';
import type { FieldError } from '../../prison/field-error.js';
import { type Action, ACTIONS, type Verb } from '../../safety-alerts/http/actions.js';
import { english } from '../words/english.js';
import { MORNING, type SentForm } from './forms.js';
import { ZONE } from '../../prison/local-days.js';

const words = english.alert.errors;

const filled = (text: string | undefined): string | undefined => (text?.trim() ? text.trim() : undefined);

/** What each form says, as the body that the API takes. A note does no harm, whatever has happened since it was seen. */
const BODIES: Readonly<Record<Verb, (sent: SentForm, me: string) => Readonly<Record<string, unknown>>>> = {
  acknowledge: ({ seen, note }) => ({ seenRevision: revisionOf(seen), note: filled(note) }),
  assign: ({ seen, whom, user }, me) => ({ seenRevision: revisionOf(seen), to: assignee(whom, user, me) }),
  note: ({ note }) => ({ note: filled(note) }),
  snooze: ({ seen, reasonCode, note, ...length }) => ({
    seenRevision: revisionOf(seen),
    ...endOf(length),
    reasonCode,
    note: filled(note),
  }),
  resolve: ({ seen, reasonCode, note, useful, confirmStillTrue }) => ({
    seenRevision: revisionOf(seen),
    reasonCode,
    note: filled(note),
    useful: filled(useful),
    confirmStillTrue: confirmStillTrue === 'true' ? true : undefined,
  }),
  reopen: ({ seen, note }) => ({ seenRevision: revisionOf(seen), note: filled(note) }),
};

/** What a form says, checked as the API checks it. @param me user name @throws InvalidAction */
export const readForm = (verb: Verb, sent: SentForm, me: string): ReturnType<Action['read']> => {
  const present = Object.entries(BODIES[verb](sent, me)).filter(([, value]) => value !== undefined);
  return ACTIONS[verb].read(Object.fromEntries(present));
};

const revisionOf = (seen: string | undefined): number | undefined => (seen === undefined ? undefined : Number(seen));

const assignee = (whom: string | undefined, user: string | undefined, me: string): string | null | undefined => {
  if (whom === 'nobody') return null;
  return whom === 'me' ? me : filled(user);
};

const endOf = ({ length, day, month, year }: SentForm) => {
  if (length === 'worse') return { untilWorse: true };
  const morning = DateTime.fromFormat(`${day} ${month} ${year} ${MORNING}`, 'd M yyyy H', { zone: ZONE });
  return { until: morning.toUTC().toISO() ?? 'no date' };
};

/** What is wrong, in the words of the page, at the field where it can be put right. */
export const faultsIn = (verb: Verb, sent: SentForm, errors: readonly FieldError[]) =>
  errors.map(({ field }) => ({ field: placeOf(field), text: textFor(verb, sent, field) }));

const placeOf = (field: string): string => (field === 'untilWorse' ? 'until' : field);

const textFor = (verb: Verb, { reasonCode, whom, length, note }: SentForm, field: string): string => {
  if (field === 'note') return noteText(verb, reasonCode, note);
  if (field === 'to') return verb === 'assign' && !whom ? words.whom : words.to;
  if (field === 'untilWorse') return words.untilWorse;
  if (field === 'until') return length ? words.until : words.howLong;
  return field === 'useful' ? words.useful : words.reasonCode;
};

const noteText = (verb: Verb, reasonCode: string | undefined, note: string | undefined): string => {
  if (reasonCode === 'OTHER') return words.noteWithOther;
  return verb === 'resolve' && !filled(note) ? words.noteNeeded : words.note;
};
