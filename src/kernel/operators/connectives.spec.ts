import { describe, expect, it } from '@jest/globals';
import { arrives, given, happens } from '../../../test/kernel-kit.js';

const SEGREGATED = 'during: { from: SegregationStarted, until: SegregationEnded }';
const now = '2026-01-20 00:00';
const history = [arrives('2026-01-05 09:00'), happens('AcctOpened', '2026-01-10 10:00')];

/** An ACCT is open (true), the person is segregated (false, or unknown while that feed is quiet). */
const asked = (yaml: string, quiet: readonly string[] = []) =>
  given(yaml, { quiet })
    .when(...history)
    .at(now);

describe('all, any, not', () => {
  it('"all" needs every part, "any" needs one', () => {
    expect(asked(`all: [acct-open, { ${SEGREGATED} }]`)).toBe(false);
    expect(asked(`any: [acct-open, { ${SEGREGATED} }]`)).toBe(true);
    expect(asked('not: acct-open')).toBe(false);
  });

  it.each([
    [`all: [acct-open, { ${SEGREGATED} }]`, 'unknown'],
    [`all: [{ not: acct-open }, { ${SEGREGATED} }]`, false],
    [`any: [acct-open, { ${SEGREGATED} }]`, true],
    [`any: [{ not: acct-open }, { ${SEGREGATED} }]`, 'unknown'],
    [`not: { ${SEGREGATED} }`, 'unknown'],
  ])('a quiet feed leaves open only what hangs on it: %s', (yaml, truth) => {
    expect(asked(yaml, ['SegregationStarted'])).toBe(truth);
  });

  it('explains itself by the parts that decide', () => {
    const told = given(`any: [{ ${SEGREGATED} }, acct-open]`).when(...history);
    expect(told.explain(now).of).toMatchObject([{ op: 'during', holds: true, cites: [{ type: 'AcctOpened' }] }]);
  });

  it('looks again as soon as any part may change', () => {
    const told = given('all: [acct-open, { absentFor: { event: session, within: acct-open, for: PT24H } }]').when(
      ...history,
    );
    expect(told.nextFlip('2026-01-10 10:00')).toBe('2026-01-11 10:00 +00:00');
  });

  it('stay unknown, whatever is known after what is not', () => {
    expect(asked(`all: [{ ${SEGREGATED} }, acct-open]`, ['SegregationStarted'])).toBe('unknown');
    expect(asked(`any: [{ ${SEGREGATED} }, { not: acct-open }]`, ['SegregationStarted'])).toBe('unknown');
  });

  it('"not" rests on what it denies', () => {
    const told = given('not: acct-open').when(...history);
    expect(told.explain(now)).toMatchObject({
      op: 'not',
      holds: false,
      cites: [],
      of: [{ op: 'during', holds: true }],
    });
  });
});
