import type { ActionResult } from '../../safety-alerts/http/act-on-alerts.js';
import { sayChange } from '../lines/change-line.js';
import { english } from '../words/english.js';
import type { AlertRow } from './alerts.page.js';

const words = english.alerts.bulk;

export const BULK_ACTIONS = ['acknowledge', 'assign'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** What is about to be done to several alerts, for whoever is to say yes. */
export interface ConfirmPage {
  readonly action: BulkAction;
  readonly title: string;
  readonly button: string;
  readonly rows: readonly AlertRow[];
  /** The same request may be sent again, and is carried out once. */
  readonly requestId: string;
  readonly from: string;
  readonly sent: { readonly whom: string; readonly user: string };
  readonly errors: readonly { readonly text: string; readonly href: string }[];
}

export const confirmPage = (
  action: BulkAction,
  rows: readonly AlertRow[],
  { requestId, from, sent, error }: { requestId: string; from: string; sent: ConfirmPage['sent']; error?: string },
): ConfirmPage => ({
  action,
  rows,
  requestId,
  from,
  sent,
  title: words.confirm[action](rows.length),
  button: words.button[action],
  errors: error === undefined ? [] : [{ text: error, href: '#whom' }],
});

/** What became of each. */
export interface ResultPage {
  readonly heading: string;
  readonly from: string;
  readonly rows: readonly { readonly alert: AlertRow; readonly isDone: boolean; readonly result: string }[];
}

export const resultPage = (
  action: BulkAction,
  rows: readonly AlertRow[],
  results: readonly ActionResult[],
  from: string,
): ResultPage => ({
  from,
  heading: words.result.heading(results.filter(({ status }) => status === 'done').length, results.length),
  rows: rows.map((alert) => {
    const result = results.find(({ id }) => id === alert.id);
    const isDone = result?.status === 'done';
    return { alert, isDone, result: isDone ? words.result.done[action] : whyNot(result) };
  }),
});

const whyNot = (result: ActionResult | undefined): string => {
  if (result?.status !== 'refused') return '';
  const changes = result.changes?.map(sayChange);
  return changes ? changes.join('; ') : words.result.refused(result.code);
};
