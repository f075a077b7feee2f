import type { Caller } from '../../access/caller.js';
import type { AlertTransition } from '../../safety-alerts/alert/safety-alert-events.js';
import type { Verb } from '../../safety-alerts/http/actions.js';
import { isOpenState } from '../../safety-alerts/list/alert-summary.js';
import type { AlertDetail } from '../../safety-alerts/list/read-alert.js';
import { english } from '../words/english.js';

const words = english.alert.done;

/** How an alert stands, and who looks at it when (`now`: milliseconds since 1970-01-01T00:00:00Z). */
interface AlertStanding {
  readonly alert: AlertDetail;
  readonly caller: Pick<Caller, 'name'>;
  readonly now: number;
}

/** What each action has led to, in words; empty where the alert does not stand so. */
const CONFIRMATIONS: Readonly<Record<Verb, (standing: AlertStanding) => string>> = {
  acknowledge: ({ alert, caller }) =>
    alert.state === 'ACKNOWLEDGED' && alert.acknowledgedBy === caller.name ? words.acknowledge : '',
  assign: ({ alert }) => {
    if (!alert.history.some(({ transition }) => transition === 'assigned')) return '';
    return alert.assignedTo === undefined ? words.assignToNobody : words.assign(alert.assignedTo);
  },
  note: ({ alert, caller }) => (did(alert, 'noted', caller) ? words.note : ''),
  snooze: ({ alert, now }) => (Date.parse(alert.snoozedUntil ?? '') > now ? words.snooze : ''),
  resolve: ({ alert }) => (alert.state === 'RESOLVED' ? words.resolve : ''),
  reopen: ({ alert, caller }) => (isOpenState(alert.state) && did(alert, 'reopened', caller) ? words.reopen : ''),
};

const did = ({ history }: AlertDetail, what: AlertTransition, { name }: Pick<Caller, 'name'>): boolean =>
  history.some(({ transition, by }) => transition === what && by === name);

/**
 * That an action has been carried out, for the page that it led to. The address says which: anybody can write one, open it
 * again or send it to somebody else, so it is said only where the alert stands so now.
 */
export const confirmationOf = (action: string, standing: AlertStanding): string =>
  isAction(action) ? CONFIRMATIONS[action](standing) : '';

const isAction = (action: string): action is Verb => Object.hasOwn(CONFIRMATIONS, action);
