import { describe, expect, it } from '@jest/globals';
import { barsChart } from './bars-chart.js';
import { ticksUpTo } from './scale.js';
import { type Series, weeksChart } from './weeks-chart.js';

const MONDAYS = ['2026-11-02', '2026-11-09', '2026-11-16'];
const chart = (...series: Series[]) =>
  weeksChart({ id: 'c', headline: 'h', unit: 'Sessions', mondays: MONDAYS, series });

describe('the axis of a chart', () => {
  it.each([
    [0, [0, 0.2]],
    [4, [0, 1, 2, 3, 4]],
    [7, [0, 2, 4, 6, 8]],
    [275.6, [0, 100, 200, 300]],
    [1000, [0, 200, 400, 600, 800, 1000]],
  ])('begins at 0 and has round values up to %d', (greatest, ticks) => {
    expect(ticksUpTo(greatest)).toEqual(ticks);
  });
});

describe('a chart by week', () => {
  it('draws columns as high as what they say, from the base line', () => {
    const drawn = chart({ label: 'Held', form: 'column', values: [0, 50, 100] });
    const [shapes, top] = [drawn.series[0]?.shapes ?? [], Math.min(...drawn.ticks.map(({ y }) => y))];
    expect(shapes.map(({ height }) => height)).toEqual([0, (drawn.bottom - top) / 2, drawn.bottom - top]);
    expect(shapes.map(({ y, height }) => y + height)).toEqual([drawn.bottom, drawn.bottom, drawn.bottom]);
    expect(shapes[1]?.says).toBe('9 Nov: 50 held');
  });

  it('puts the columns of a week beside each other', () => {
    const one = { form: 'column' as const, values: [1, 1, 1] };
    const { series } = chart({ label: 'Raised', ...one }, { label: 'Closed', ...one, form: 'outline' });
    const [first, second] = series.map(({ shapes }) => shapes[0]);
    expect(second?.x).toBeCloseTo((first?.x ?? 0) + (first?.width ?? 0), 0);
  });

  it('makes nothing up where a week has no value: a line is broken, and no point is drawn', () => {
    const [line] = chart({ label: 'Hours', form: 'line', values: [1, null, 3] }).series;
    expect(line?.shapes).toHaveLength(2);
    expect(line?.path.match(/[ML]/g)).toEqual(['M', 'M']);
  });

  it('names no more weeks than can be read', () => {
    const mondays = Array.from({ length: 52 }, (_, n) =>
      new Date(Date.UTC(2026, 0, 5 + 7 * n)).toISOString().slice(0, 10),
    );
    const drawn = weeksChart({ id: 'c', headline: '', unit: '', mondays, series: [] });
    const named = drawn.labels.filter(({ label }) => label !== '').map(({ x }) => x);
    expect(named.length).toBeGreaterThan(8);
    expect(named.slice(1).every((x, n) => x - (named[n] ?? 0) >= 48)).toBe(true);
  });
});

it('a chart of bars shows each number, and 0 as no bar', () => {
  const { bars } = barsChart({
    id: 'b',
    headline: '',
    rows: [
      { label: 'a', value: 1200 },
      { label: 'b', value: 600 },
      { label: 'c', value: 0 },
    ],
  });
  expect(bars.map(({ value }) => value)).toEqual(['1,200', '600', '0']);
  expect(bars.map(({ width }) => width)).toEqual([440, 220, 0]);
});
