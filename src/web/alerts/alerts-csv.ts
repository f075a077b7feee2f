import { csvOf } from '../../answers/csv.js';
import { english } from '../words/english.js';
import type { AlertRow } from './alerts.page.js';

const { columns } = english.alerts;

const HEADINGS = ['Id', 'Prison number', 'Name', columns.location, 'Rule', columns.why, columns.severity];

/** The list as it is shown, for a spreadsheet. Instants are ISO in UTC. */
export const alertsCsv = (rows: readonly AlertRow[]): string =>
  csvOf(
    [...HEADINGS, columns.raised, 'Status', 'Owner', 'Flags'],
    rows.map(({ id, person, rule, reason, severity, raisedAt, stateText, owner, flags }) => [
      id,
      person.prisonNumber,
      person.name,
      person.location,
      rule,
      reason,
      english.frame.severity[severity],
      raisedAt,
      stateText,
      owner,
      [...person.flags, ...flags].join('; '),
    ]),
  );
