import { expect, it } from '@jest/globals';
import type { AccessRecordBody } from './list-access-records.js';
import { recordsCsv } from './records-csv.js';

const record = {
  at: '2026-11-22T09:00:00.000Z',
  kind: 'user',
  user: '=ASMITH_GEN',
  address: '127.0.0.1',
  access: 'read',
  operation: 'listSafetyAlerts',
  prisonNumbers: ['A1234BC', 'A1235BC'],
  people: 2,
} as const satisfies AccessRecordBody;

it('access records as a table have a line of names, then one for each record, and no cell that is a formula', () => {
  expect(recordsCsv([record])).toBe(
    '\uFEFFat,kind,user,client,address,access,operation,reason,people,prisonNumbers\r\n' +
      "2026-11-22T09:00:00.000Z,user,'=ASMITH_GEN,,127.0.0.1,read,listSafetyAlerts,,2,A1234BC A1235BC\r\n",
  );
});
