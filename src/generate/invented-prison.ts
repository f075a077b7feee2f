import type { Chance, Weighted } from './chance.js';
import { KeyWorkers } from './key-workers.js';
import type { Practice } from './practice.js';
import { CALM, PRISON_SHAPES, type PrisonKind, type PrisonShape, type YearlyRates } from './shapes.js';

/** Staff ids of one prison: so many. */
const STAFF_IDS = 1_000;

interface PrisonPlace {
  readonly place: number;
  readonly number: number;
  readonly people: number;
  readonly alone: boolean;
}

/** A prison that does not exist. */
export class InventedPrison {
  readonly id: string;
  readonly shape: PrisonShape;
  readonly rates: YearlyRates;
  readonly keyWorkers: KeyWorkers;
  /** How often a year a place becomes free, and how: to prisons that are told of people go when those have room. */
  readonly leaving: { readonly often: number; readonly as: readonly Weighted<'RELEASED' | 'TRANSFERRED'>[] };
  private charges = 0;

  /**
   * @param place among the prisons of its kind, from 0 on
   * @param number among all prisons, from 0 on
   * @param alone none of the prisons that its people are sent on to is told of
   */
  constructor(
    readonly kind: PrisonKind,
    { place, number, people, alone }: PrisonPlace,
    { every, calm }: Practice,
    chance: Chance,
  ) {
    this.shape = PRISON_SHAPES[kind];
    this.id = `${this.shape.letter}${nameOf(place)}`;
    this.rates = calm ? { ...this.shape.aYear, ...CALM } : this.shape.aYear;
    const sentOn = alone ? this.shape.sentOn : 0;
    this.leaving = {
      often: this.shape.released + sentOn,
      as: [
        { weight: this.shape.released, value: 'RELEASED' },
        { weight: sentOn, value: 'TRANSFERRED' },
      ],
    };
    this.keyWorkers = new KeyWorkers((number + 1) * STAFF_IDS + 1, people, chance, every !== undefined);
  }

  /** A number that no other charge has. */
  nextCharge(): string {
    this.charges += 1;
    return `${this.id}-${String(this.charges).padStart(6, '0')}`;
  }
}

/** Two letters. No prison of England and Wales has an id that ends with these: theirs end with I. */
const nameOf = (place: number): string =>
  String.fromCharCode(65 + (place % 26)) + String.fromCharCode(90 - Math.floor(place / 26));
