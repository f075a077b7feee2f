import { describe, expect, it } from '@jest/globals';
import { asCsv } from './as-csv.js';
import type { AccessRecordBody } from './list-access-records.js';

const record = {
  ...{ at: '2026-11-22T09:00:00.000Z', kind: 'user', user: 'ASMITH_GEN', address: '127.0.0.1', access: 'read' },
  ...{ operation: 'listSafetyAlerts', prisonNumbers: ['A1234BC', 'A1235BC'], people: 2 },
} as const satisfies AccessRecordBody;
const userIn = (user: string): string => asCsv([{ ...record, user }]);

describe('access records as CSV', () => {
  it('have a line of names, then one for each record', () => {
    expect(asCsv([record])).toBe(
      'at,kind,user,client,address,access,operation,reason,people,prisonNumbers\r\n' +
        '2026-11-22T09:00:00.000Z,user,ASMITH_GEN,,127.0.0.1,read,listSafetyAlerts,,2,A1234BC A1235BC\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('carry out no formula in a spreadsheet: %j', (user) => {
    expect(userIn(user)).toMatch(/user,"?'/);
  });

  it('keep separators and quotes inside their cell', () => {
    expect(userIn('a,"b"')).toContain('user,"a,""b""",');
  });
});
