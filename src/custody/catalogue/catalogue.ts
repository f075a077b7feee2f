/** Every type of custody event there is (docs/events.md): the class of its data, and what it is about. */
import * as acct from './acct.js';
import * as discipline from './discipline.js';
import * as family from './family.js';
import * as keyWork from './key-work.js';
import * as logKeeping from './log-keeping.js';
import { type Subject, subjectOf } from './members.js';
import * as risk from './risk.js';
import * as segregation from './segregation.js';
import { Shape } from './shape.js';
import * as stay from './stay.js';

const DATA = { ...stay, ...keyWork, ...discipline, ...segregation, ...acct, ...risk, ...family, ...logKeeping };

export type CustodyEventType = keyof typeof DATA;

export interface CatalogueEntry {
  readonly type: CustodyEventType;
  readonly subject: Subject;
  readonly data: Shape;
}

const types = (Object.keys(DATA) as CustodyEventType[]).sort();

/** The catalogue, by type, in alphabetical order. */
export const CATALOGUE: ReadonlyMap<string, CatalogueEntry> = new Map(
  types.map((type) => [type, { type, subject: subjectOf(DATA[type]), data: new Shape(DATA[type]) }]),
);
