import type { Type } from '@nestjs/common';
import { checkedOr } from '../../answers/checked.js';
import { InvalidAction } from '../alert/errors.js';
import type { Intent } from '../alert/later-changes.js';
import type { PersonAction } from '../alert/safety-alerts.js';
import {
  AcknowledgeBody,
  type ActionBody,
  AssignBody,
  NoteBody,
  ReopenBody,
  ResolveBody,
  SnoozeBody,
} from './action-bodies.js';

/** Checks a body against its class. */
const asAction = checkedOr((errors) => new InvalidAction(errors));

type WithoutUser<A> = A extends PersonAction ? Omit<A, 'by'> : never;

/** What is to be done to an alert. The user is added on the way. */
export type ActionRequest = WithoutUser<PersonAction>;

/** What people can do with an alert: `POST /safety-alerts/{id}/{verb}`, and a form on the page of the alert. */
export interface Action {
  readonly summary: string;
  readonly body: Type<ActionBody>;
  /** What somebody sent, checked. @throws InvalidAction */
  readonly read: (sent: unknown) => Promise<{ readonly request: ActionRequest; readonly intent: Intent }>;
}

const action = <B extends ActionBody>(
  summary: string,
  body: Type<B>,
  requestOf: (body: B) => ActionRequest,
): Action => ({
  summary,
  body,
  read: async (sent) => {
    const checked = (await asAction.transform(sent, { type: 'body', metatype: body })) as B;
    return { request: requestOf(checked), intent: { seenRevision: checked.seenRevision } };
  },
});

/** ISO instant in UTC; null means until it gets worse. @throws InvalidAction when both are asked for */
const endOf = ({ until, untilWorse }: SnoozeBody): string | null => {
  if (until === undefined) return null;
  if (untilWorse)
    throw new InvalidAction([{ field: 'until', value: until, message: 'cannot be sent together with untilWorse' }]);
  return new Date(until).toISOString();
};

/** Every action. The API, the pages and the actions on many alerts at once read this table. */
export const ACTIONS = {
  acknowledge: action('Say "I have it"', AcknowledgeBody, ({ note }) => ({ type: 'Acknowledge', note })),
  assign: action('Give it to somebody, or to nobody', AssignBody, ({ to }) => ({ type: 'Assign', to })),
  note: action('Add a note; also to a closed alert', NoteBody, ({ note }) => ({ type: 'AddNote', note })),
  snooze: action('Put it aside until an instant or until it gets worse', SnoozeBody, (body) => ({
    type: 'Snooze',
    until: endOf(body),
    reasonCode: body.reasonCode,
    note: body.note,
  })),
  resolve: action('Close it by hand', ResolveBody, ({ reasonCode, note, useful, confirmStillTrue }) => ({
    type: 'Resolve',
    reasonCode,
    note,
    useful,
    confirmStillTrue,
  })),
  reopen: action('Open what was closed by hand and is still so', ReopenBody, ({ note }) => ({ type: 'Reopen', note })),
} as const satisfies Record<string, Action>;

export type Verb = keyof typeof ACTIONS;
export const VERBS = Object.keys(ACTIONS) as readonly Verb[];
