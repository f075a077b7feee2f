import { courseOf } from '../../custody/whereabouts/trail.js';
import type { Whereabouts } from '../../custody/whereabouts/whereabouts.js';
import type { Occurrence } from '../../kernel/occurrence.js';
import type { Instant } from '../../prison/instant.js';
import type { Topic } from './topics.js';

/** Something that went on for a time: an open ACCT, segregation, Basic. */
export interface Spell {
  readonly topic: Topic;
  readonly what: 'ACCT open' | 'segregated' | 'on Basic';
  readonly from: Instant;
  /** Nothing while it goes on. */
  readonly until: Instant | undefined;
}

type SpellKind = Pick<Spell, 'topic' | 'what'>;

const ACCT: SpellKind = { topic: 'ACCT', what: 'ACCT open' };
const SEGREGATION: SpellKind = { topic: 'segregation', what: 'segregated' };
const BASIC: SpellKind = { topic: 'incentive level', what: 'on Basic' };

/** The spells of a person, by kind and then in order. @param events what stands, in the order it happened */
export const spellsOf = (events: readonly Occurrence[]): Spell[] => {
  const [acct, segregation, basic] = [new Spells(ACCT), new Spells(SEGREGATION), new Spells(BASIC)];
  let basicSince: Instant | undefined;
  let custodySince: Instant | undefined;
  courseOf(events, (event, whereabouts) => {
    const isNewCustody = whereabouts.custodySince !== custodySince;
    custodySince = whereabouts.custodySince;
    // What was open when somebody left custody is over since then.
    acct.note(openAcctSince(whereabouts), isNewCustody ? (whereabouts.lastLeftAt ?? event.at) : event.at);
    segregation.note(whereabouts.segregatedSince, event.at);
    if (event.type === 'IncentiveLevelChanged')
      basicSince = event.data['to'] === 'BASIC' ? (basicSince ?? event.at) : undefined;
    basic.note(basicSince, event.at);
  });
  return [acct, segregation, basic].flatMap((spells) => spells.all);
};

const openAcctSince = ({ acct }: Whereabouts): Instant | undefined => (acct?.state === 'OPEN' ? acct.since : undefined);

/** The spells of one kind. */
class Spells {
  private readonly over: Spell[] = [];
  private from: Instant | undefined;

  constructor(private readonly kind: SpellKind) {}

  get all(): Spell[] {
    return this.from === undefined ? this.over : [...this.over, { ...this.kind, from: this.from, until: undefined }];
  }

  /** It has gone on since this instant, or does not; what went on until now was over at an instant. */
  note(since: Instant | undefined, until: Instant): void {
    if (since === this.from) return;
    if (this.from !== undefined) this.over.push({ ...this.kind, from: this.from, until });
    this.from = since;
  }
}
