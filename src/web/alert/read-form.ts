import { DateTime } from 'luxon';
import type { Type } from '@nestjs/common';
import { asAction } from '../../safety-alerts/http/checked.js';
import type { FieldError } from '../../safety-alerts/alert/errors.js';
import { Acknowledgement } from '../../safety-alerts/http/acknowledge.js';
import { Assignment } from '../../safety-alerts/http/assign.js';
import { Note } from '../../safety-alerts/http/note.js';
import { Resolution } from '../../safety-alerts/http/resolve.js';
import { Rest } from '../../safety-alerts/http/snooze.js';
import { english } from '../words/english.js';
import type { ActionName, Sent } from './forms.js';

const words = english.alert.errors;

/** When snoozed alerts come back: before the morning meeting, local time of the prison. */
const MORNING = 7;
const ZONE = 'Europe/London';

const filled = (text: string | undefined): string | undefined => (text?.trim() ? text.trim() : undefined);

/** What each form says, checked as the API checks it. @throws InvalidAction */
export const readForm = {
  acknowledge: (sent: Sent) => checked(Acknowledgement, sent, { note: filled(sent['note']) }),
  assign: (sent: Sent, me: string) => checked(Assignment, sent, { to: assignee(sent['whom'], sent['user'], me) }),
  note: (sent: Sent) => checked(Note, {}, { note: filled(sent['note']) }),
  snooze: (sent: Sent) =>
    checked(Rest, sent, { ...restOf(sent), reasonCode: sent['reasonCode'], note: filled(sent['note']) }),
  resolve: (sent: Sent) => {
    const { reasonCode, note, useful } = sent;
    return checked(Resolution, sent, { reasonCode, note: filled(note), useful: filled(useful) });
  },
} as const;

/** @param seen what was to be seen of the alert; a note does no harm, whatever has happened since */
const checked = async <T extends object>(type: Type<T>, { seen }: Sent, form: Record<string, unknown>): Promise<T> => {
  const said = { ...form, seenRevision: seen === undefined ? undefined : Number(seen) };
  const present = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return (await asAction.transform(present, { type: 'body', metatype: type })) as T;
};

const assignee = (whom: string | undefined, user: string | undefined, me: string): string | null | undefined => {
  if (whom === 'nobody') return null;
  return whom === 'me' ? me : filled(user);
};

const restOf = ({ length, day, month, year }: Sent): Pick<Rest, 'until' | 'untilWorse'> => {
  if (length === 'worse') return { untilWorse: true };
  const morning = DateTime.fromFormat(`${day} ${month} ${year} ${MORNING}`, 'd M yyyy H', { zone: ZONE });
  return { until: morning.toUTC().toISO() ?? 'no date' };
};

/** What is wrong, in the words of the page, at the field where it can be put right. */
export const faultsIn = (action: ActionName, sent: Sent, errors: readonly FieldError[]) =>
  errors.map(({ field }) => ({ field: placeOf(field), text: textFor(action, sent, field) }));

const placeOf = (field: string): string => (field === 'untilWorse' ? 'until' : field);

const textFor = (action: ActionName, { reasonCode, whom, length }: Sent, field: string): string => {
  if (field === 'note') return reasonCode === 'OTHER' ? words.noteWithOther : words.note;
  if (field === 'to') return action === 'assign' && !whom ? words.whom : words.to;
  if (field === 'until' || field === 'untilWorse') return length ? words.until : words.howLong;
  return field === 'useful' ? words.useful : words.reasonCode;
};
