import { describe, expect, it } from '@jest/globals';
import { aHistory, meanwhile } from '../../../../test/web/a-history.js';
import type { KeyWorkerHistory } from '../../../key-work/history/key-worker-history.js';
import { ON_PAPER, ON_SCREEN, type DrawnShape } from './drawing.js';
import { type Picture, pictureOf } from './picture.js';

const nobody = { staffName: () => undefined, prisonName: (prisonId: string) => prisonId };
const draw = (more: Partial<KeyWorkerHistory>): Picture => pictureOf(aHistory(more), nobody, ON_SCREEN);

const laneOf = (picture: Picture, label: string): readonly DrawnShape[] =>
  picture.groups.flatMap(({ lanes }) => lanes).find((lane) => lane.label === label)?.shapes ?? [];

const gap: NonNullable<KeyWorkerHistory['summary']['longestGap']> = {
  days: 21,
  from: '2026-10-12',
  begins: 'session',
  to: '2026-11-02',
  ends: 'session',
};
const withGap: Pick<KeyWorkerHistory, 'summary'> = {
  summary: { ...aHistory().summary, longestGap: gap, gapsOverAWeek: [gap] },
};
const charged = (on: string, more: object = {}) =>
  meanwhile('adjudications', 'AdjudicationReported', `${on}T10:00:00Z`, more);

describe('the picture', () => {
  it('says first how long nobody talked to the person, and what happened in that time', () => {
    const inTheGap = [charged('2026-10-20'), charged('2026-10-21'), charged('2026-10-22', { quashed: true })];
    const { headline } = draw({ ...withGap, meanwhile: [charged('2026-10-06'), ...inTheGap] });
    expect(headline).toBe(
      'No key worker session for 21 days, from 12 October 2026 to 2 November 2026. 2 other events in that time.',
    );
  });

  it('makes nothing of a time without sessions where nobody tells of any', () => {
    const untold = { code: 'NOT_WATCHED', about: 'KW-01', says: '' } as const;
    const picture = draw({ summary: { ...withGap.summary, sessionsHeld: 0 }, notKnown: [untold] });
    expect(picture.headline).toBe(
      'Nobody tells us of key worker sessions here, so that none is recorded says nothing.',
    );
    expect([picture.shade, laneOf(picture, 'Over a week without a session')]).toEqual([undefined, []]);
  });

  it('draws the gap to scale, with its days, over the same time as the shade behind everything', () => {
    const picture = draw(withGap);
    const [bar] = laneOf(picture, 'Over a week without a session');
    const across = ON_SCREEN.width - 12 - ON_SCREEN.names;
    // The clocks go back in it.
    expect(Math.abs((bar?.width ?? 0) - (21 / 35) * across)).toBeLessThan(1);
    expect(bar?.label?.text).toBe('21 days without a session');
    expect(picture.shade).toEqual({ x: bar?.x, width: bar?.width });
  });

  it('marks sessions held and missed by another form, not by another colour alone', () => {
    const picture = draw({
      sessions: [{ occurredAt: '2026-10-06T10:00:00Z', staffId: '1001', minutes: 45 }] as never,
      missed: [{ occurredAt: '2026-10-13T10:00:00Z', reason: 'DECLINED' }] as never,
    });
    expect(laneOf(picture, '● Session held ○ missed').map(({ form, says }) => [form, says])).toEqual([
      ['held', 'Session held, 1001, 45 minutes'],
      ['missed', 'Session missed: Declined by the person'],
    ]);
  });

  it('shows a spell that began before the period from its edge, and one that goes on to the other', () => {
    const picture = draw({
      spells: [{ topic: 'ACCT', what: 'ACCT open', from: '2026-09-01T10:00:00.000Z', until: null }],
    });
    expect(laneOf(picture, 'ACCT (bar: open)')).toMatchObject([
      { x: ON_SCREEN.names, width: ON_SCREEN.width - 12 - ON_SCREEN.names, open: true },
    ]);
  });

  it('leaves out what was quashed, and says under which topics nothing is recorded', () => {
    const picture = draw({ meanwhile: [charged('2026-10-20', { quashed: true })] });
    expect(laneOf(picture, 'Adjudications')).toEqual([]);
    expect(draw({}).silent).toMatch(/under: ACCT, self-harm, segregation, adjudications,/);
  });

  it('labels a mark only where the label meets nothing', () => {
    const label = (...days: string[]) =>
      laneOf(draw({ meanwhile: days.map((day) => charged(day)) }), 'Adjudications').map((shape) => shape.label?.text);
    expect(label('2026-10-06')).toEqual(['Reported charge']);
    expect(label('2026-10-06', '2026-10-07')).toEqual([undefined, 'Reported charge']);
  });

  it('tells safety alerts that are high or critical from others, and open from closed', () => {
    const alert = (severity: string, closedAt?: string) => ({
      id: severity,
      rule: 'KW-01',
      ruleName: 'No session',
      severity,
      reason: 'Because.',
      state: 'OPEN',
      raisedAt: '2026-10-20T00:00:00.000Z',
      closedAt,
      done: [],
    });
    const safetyAlerts = [alert('HIGH'), alert('LOW', '2026-10-21T00:00:00.000Z')] as never;
    expect(laneOf(draw({ safetyAlerts }), 'No session').map(({ form, open }) => [form, open])).toEqual([
      ['severeAlert', true],
      ['alert', false],
    ]);
  });

  it('has every shape as a row of the table beside it, in order', () => {
    const picture = draw({ ...withGap, meanwhile: [charged('2026-10-20'), charged('2026-10-06')] });
    const shapes = picture.groups.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.shapes));
    expect(picture.rows).toHaveLength(shapes.length);
    expect(picture.rows.map(({ from }) => from)).toEqual(picture.rows.map(({ from }) => from).toSorted());
  });

  it('keeps within its frame, on the screen and on paper', () => {
    for (const size of [ON_SCREEN, ON_PAPER]) {
      const picture = pictureOf(aHistory({ ...withGap, meanwhile: [charged('2026-11-08')] }), nobody, size);
      for (const { x, width } of picture.groups.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.shapes))) {
        expect(x).toBeGreaterThanOrEqual(size.names);
        expect(x + width).toBeLessThanOrEqual(size.width);
      }
    }
  });
});
