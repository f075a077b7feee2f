/** What kinds of prison there are, and how often things happen in them. Every figure has its source in docs/generate.md. */
import type { Weighted } from './chance.js';

/** Before each, those that take people from it. */
export const PRISON_KINDS = ['open', 'trainer', 'local', 'women'] as const;
export type PrisonKind = (typeof PRISON_KINDS)[number];

export type ReasonToCome = 'NEW_ADMISSION' | 'READMISSION' | 'RECALL' | 'TRANSFERRED';

/** What may happen to somebody: how often a year, on average over all people of such a prison. */
export interface YearlyRates {
  readonly crises: number;
  readonly charges: number;
  readonly violence: number;
  readonly segregations: number;
  readonly misuse: number;
  readonly basic: number;
  readonly bereavements: number;
  readonly contactLost: number;
  readonly cancelledVisits: number;
  readonly concerns: number;
  readonly mistakes: number;
  readonly cellMoves: number;
  readonly courtDays: number;
  readonly hospital: number;
  readonly temporaryAbsences: number;
}

export interface PrisonShape {
  /** What the ids of such prisons begin with. */
  readonly letter: string;
  /** How many people one such prison holds. */
  readonly size: number;
  /** Of all people in prison, the share that is in one of these. */
  readonly share: number;
  readonly comeAs: readonly Weighted<ReasonToCome>[];
  /** Where the people of these prisons come from, if that is told of too. */
  readonly comeFrom?: PrisonKind;
  /** How often a year a place becomes free because somebody is released, or sent to a prison that is not told of. */
  readonly released: number;
  readonly sentOn: number;
  readonly keyWork: boolean;
  /** Of its people, the share who harm themselves at all; the crises are theirs. */
  readonly selfHarming: number;
  /** Incidents of self-harm in a crisis that begins with one, on average. */
  readonly incidents: number;
  /** The share whose needs are so complex that key work is not for them. */
  readonly complex: number;
  readonly aYear: YearlyRates;
}

export const PRISON_SHAPES: Readonly<Record<PrisonKind, PrisonShape>> = {
  local: {
    letter: 'L',
    size: 800,
    share: 0.36,
    comeAs: [
      { weight: 55, value: 'NEW_ADMISSION' },
      { weight: 7, value: 'READMISSION' },
      { weight: 36, value: 'RECALL' },
      { weight: 2, value: 'TRANSFERRED' },
    ],
    released: 1.6,
    sentOn: 1.8,
    keyWork: true,
    selfHarming: 0.16,
    incidents: 2.2,
    complex: 0.005,
    aYear: {
      crises: 0.72,
      charges: 3.6,
      violence: 0.75,
      segregations: 0.45,
      misuse: 0.8,
      basic: 0.9,
      bereavements: 0.12,
      contactLost: 0.25,
      cancelledVisits: 0.8,
      concerns: 0.4,
      mistakes: 0.15,
      cellMoves: 4,
      courtDays: 5,
      hospital: 0.25,
      temporaryAbsences: 0,
    },
  },
  trainer: {
    letter: 'T',
    size: 800,
    share: 0.54,
    comeAs: [{ weight: 1, value: 'TRANSFERRED' }],
    comeFrom: 'local',
    released: 1,
    sentOn: 0.2,
    keyWork: true,
    selfHarming: 0.16,
    incidents: 2.2,
    complex: 0.005,
    aYear: {
      crises: 0.48,
      charges: 3.3,
      violence: 0.55,
      segregations: 0.45,
      misuse: 1,
      basic: 0.8,
      bereavements: 0.15,
      contactLost: 0.2,
      cancelledVisits: 0.8,
      concerns: 0.3,
      mistakes: 0.15,
      cellMoves: 2.5,
      courtDays: 0.4,
      hospital: 0.3,
      temporaryAbsences: 0,
    },
  },
  women: {
    letter: 'W',
    size: 300,
    share: 0.04,
    comeAs: [
      { weight: 58, value: 'NEW_ADMISSION' },
      { weight: 7, value: 'READMISSION' },
      { weight: 35, value: 'RECALL' },
    ],
    released: 2.3,
    sentOn: 0,
    keyWork: false,
    selfHarming: 0.3,
    incidents: 6,
    complex: 0.06,
    aYear: {
      crises: 1.45,
      charges: 2.5,
      violence: 0.6,
      segregations: 0.2,
      misuse: 0.5,
      basic: 0.4,
      bereavements: 0.15,
      contactLost: 0.3,
      cancelledVisits: 0.8,
      concerns: 0.6,
      mistakes: 0.15,
      cellMoves: 3,
      courtDays: 3,
      hospital: 0.4,
      temporaryAbsences: 0.5,
    },
  },
  open: {
    letter: 'O',
    size: 400,
    share: 0.06,
    comeAs: [{ weight: 1, value: 'TRANSFERRED' }],
    comeFrom: 'trainer',
    released: 1.8,
    sentOn: 0,
    keyWork: false,
    selfHarming: 0.05,
    incidents: 1.5,
    complex: 0.005,
    aYear: {
      crises: 0.06,
      charges: 1,
      violence: 0.05,
      segregations: 0.05,
      misuse: 0.3,
      basic: 0,
      bereavements: 0.15,
      contactLost: 0.1,
      cancelledVisits: 0.5,
      concerns: 0.1,
      mistakes: 0.1,
      cellMoves: 1.5,
      courtDays: 0.1,
      hospital: 0.3,
      temporaryAbsences: 20,
    },
  },
};

/** The rates of a prison in which nothing goes wrong: people are moved and go to court, and that is all. */
export const CALM: Partial<YearlyRates> = {
  crises: 0,
  charges: 0,
  violence: 0,
  segregations: 0,
  misuse: 0,
  basic: 0,
  bereavements: 0,
  contactLost: 0,
  cancelledVisits: 0,
  concerns: 0,
  mistakes: 0,
};
