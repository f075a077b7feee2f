import { describe, expect, it } from '@jest/globals';
import { Records } from './records.js';

const telling = (record: string) => ({ source: { record, revision: 0 } });

describe('records', () => {
  it('are noticed when they are told again, with the number under which they were told first', () => {
    const records = new Records();
    expect(records.toldUnder(telling('note 1'))).toBeUndefined();
    expect(records.note('A0001AA', telling('note 1'))).toBeUndefined();
    expect(records.note('B0002BB', telling('note 1'))).toBe('A0001AA');
    expect(records.note('B0002BB', telling('note 2'))).toBeUndefined();
    expect(records.toldUnder(telling('note 2'))).toBe('B0002BB');
    expect(records.toldUnder(telling('note 3'))).toBeUndefined();
  });

  it('are none of what stands for itself', () => {
    const records = new Records();
    records.note('A0001AA', telling('note 1'));
    expect(records.note('A0001AA', { source: undefined })).toBeUndefined();
    expect(records.toldUnder({ source: undefined })).toBeUndefined();
  });

  it('are known by the thousand, also after they were written down', () => {
    const told = Array.from({ length: 5_000 }, (_, n) => [`A000${n % 7}AA`, telling(`note ${n}`)] as const);
    const records = new Records();
    for (const [number, record] of told) expect(records.note(number, record)).toBeUndefined();
    const written = JSON.stringify(records.memory);
    expect(written).not.toContain('note');
    for (const one of [records, Records.recall(JSON.parse(written) as Records['memory'])]) {
      for (const [number, record] of told) expect(one.toldUnder(record)).toBe(number);
      expect(one.toldUnder(telling('another'))).toBeUndefined();
    }
  });

  it('are written down in one order, whatever the order in which they were told', () => {
    const [one, other] = [new Records(), new Records()];
    for (let n = 0; n < 20; n++) {
      one.note('A0001AA', telling(`note ${n}`));
      other.note('A0001AA', telling(`note ${19 - n}`));
    }
    expect(one.memory).toEqual(other.memory);
    expect(one.memory.told['A0001AA']).toHaveLength(20);
  });
});
