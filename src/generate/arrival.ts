/** Somebody comes to a prison: what is recorded of them in the first days. */
import { DAY, HOUR, type Instant, MINUTE } from '../prison/instant.js';
import type { Chance } from './chance.js';
import { marker } from './habits/risk.js';
import { happens, type Happening } from './happening.js';
import type { InventedPrison } from './invented-prison.js';
import { someCell } from './mishaps.js';
import { inventedPerson } from './names.js';
import type { ReasonToCome } from './shapes.js';

export interface Arrival {
  readonly prison: InventedPrison;
  readonly at: Instant;
  readonly reason: ReasonToCome;
}

/** Received, mostly told once and sometimes twice; named, if nobody here knows them yet; given a cell. */
export const received = ({ prison, at, reason }: Arrival, name: number | undefined, chance: Chance): Happening[] => {
  const came = happens(at, 'PrisonerReceived', { reason });
  return [
    came,
    ...(chance.happens(0.03) ? [{ ...came, recordedAfter: chance.between(45, 4_000) * MINUTE }] : []),
    ...(name === undefined ? [] : [happens(at + 5 * MINUTE, 'PersonDetailsChanged', { ...inventedPerson(name) })]),
    happens(at + 2 * HOUR, 'CellMoved', { location: someCell(chance), segregationUnit: false }),
    ...legalStatus(reason, at, prison, chance),
  ];
};

/** What is known of somebody who has never been here before: little English, needs too complex for key work. */
export const knownOf = ({ prison, at }: Arrival, isComplex: boolean, chance: Chance): Happening[] => [
  ...(hasRisks(prison) && chance.happens(0.04) ? [marker(at + 3 * HOUR, 'VLES')] : []),
  ...(hasRisks(prison) && chance.happens(0.1) ? [marker(at + 3 * HOUR, 'HS')] : []),
  ...(isComplex ? [happens(at + 20 * HOUR, 'ComplexityOfNeedChanged', { level: 'HIGH' })] : []),
];

/** Most who come new are on remand, and are sentenced weeks later. */
const legalStatus = (reason: ReasonToCome, at: Instant, prison: InventedPrison, chance: Chance): Happening[] => {
  const status = (when: Instant, name: string): Happening => happens(when, 'LegalStatusChanged', { status: name });
  if (!hasRisks(prison) || reason === 'TRANSFERRED' || reason === 'READMISSION') return [];
  if (reason === 'RECALL') return [status(at + HOUR, 'RECALLED')];
  if (chance.happens(0.4)) return [status(at + HOUR, 'SENTENCED')];
  return [status(at + HOUR, 'REMAND'), status(at + chance.between(20, 120) * DAY, 'SENTENCED')];
};

const hasRisks = ({ rates }: InventedPrison): boolean => rates.crises > 0;
