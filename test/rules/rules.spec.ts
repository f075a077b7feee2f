import { describe, expect, it } from '@jest/globals';
import { CATALOGUE } from '../../src/custody/catalogue/catalogue.js';
import { runTimelines, sayFailure } from '../../src/kernel/language/run-timelines.js';
import { configRules } from './config-rules.js';

const { files, problems } = configRules();

describe('the rules as they are delivered', () => {
  it('are the rules of the catalogue, each in a file of its name', () => {
    expect(files.map(({ rule, place }) => [rule.id, place.file])).toEqual(
      [
        'ACCT-01',
        'ACCT-02',
        'ACCT-03',
        'ACCT-04',
        'ACCT-05',
        'ACCT-06',
        'ACCT-07',
        'ACCT-08',
        'ADJ-01',
        'DATA-01',
        'DATA-02',
        'DATA-03',
        'DATA-04',
        'FAM-01',
        'FAM-02',
        'INC-01',
        'INC-02',
        'KW-01',
        'KW-02',
        'KW-03',
        'KW-04',
        'KW-05',
        'KW-06',
        'KW-07',
        'KW-08',
        'KW-09',
        'KW-10',
        'KW-11',
        'KW-12',
        'KW-13',
        'KW-14',
        'KW-15',
        'KW-16',
        'PRI-01',
        'PRI-02',
        'SEG-01',
        'SEG-02',
        'SEG-03',
        'SEG-04',
        'SEG-05',
        'SEG-06',
        'SEG-07',
        'SUB-01',
        'VUL-01',
        'VUL-02',
      ].map((id) => [id, `${id}.yml`]),
    );
  });

  it('have no mistakes', () => {
    expect(problems).toEqual([]);
  });

  it('say how many safety alerts they may raise', () => {
    expect(files.filter(({ budget }) => budget === undefined).map(({ rule }) => rule.id)).toEqual([]);
  });

  it('do in every story exactly what it says', () => {
    expect(runTimelines(files).map(sayFailure)).toEqual([]);
  });

  it.each(files.map((file) => [file.rule.id, file] as const))(
    '%s reaches each of its severities, and closes',
    (_, file) => {
      const changes = file.timelines.flatMap(({ expected }) => expected);
      const reached = changes.filter(({ transition }) => transition === 'raised' || transition === 'escalated');
      expect(new Set(reached.map(({ severity }) => severity))).toEqual(
        new Set(file.rule.steps.map(({ level }) => level)),
      );
      expect(changes.map(({ transition }) => transition)).toContain('resolved');
    },
  );

  it('tell stories of events that the service would accept', () => {
    const refused = files.flatMap(({ rule, timelines }) =>
      timelines.flatMap(({ name, events }) =>
        events
          .filter(({ type }) => type !== 'EventWithdrawn') // it names the event in the story, not by its id
          // What follows from a date of birth nobody sends.
          .flatMap(({ type, data: { under18Until: _, ...data } }) =>
            (CATALOGUE.get(type)?.data.problems(data) ?? []).map((problem) => ({ rule: rule.id, name, type, problem })),
          ),
      ),
    );
    expect(refused).toEqual([]);
  });
});
