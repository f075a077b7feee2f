import { describe, expect, it } from '@jest/globals';
import { definitionalReplay } from '../../src/kernel/definitional.js';
import { withReferred } from '../../src/kernel/definitional/moments.js';
import { FeedSilence } from '../../src/kernel/definitional/silence.js';
import { feedsIn } from '../../src/kernel/language/run-timelines.js';
import { toIso } from '../../src/prison/instant.js';
import { LocalDays } from '../../src/prison/local-days.js';
import { configRules } from './config-rules.js';

const days = new LocalDays();
const { files } = configRules();
const rules = files.map(({ rule }) => rule);

describe('the definitional evaluator, in every story of a rule, does exactly what the story says', () => {
  it.each(files.map((file) => [file.rule.id, file] as const))('of %s', (id, { rule, timelines }) => {
    const told = timelines.map(({ name, events, until }) => ({
      name,
      changes: definitionalReplay(
        { rules: withReferred(rule, rules), days, feeds: new FeedSilence(feedsIn(events)) },
        events,
        until,
      )
        .filter((change) => change.rule === id)
        .map(({ at, transition, severity }) => [toIso(at), transition, severity]),
    }));
    expect(told).toEqual(
      timelines.map(({ name, expected }) => ({
        name,
        changes: expected
          .filter(({ transition }) => transition !== 'repeated')
          .map(({ at, transition, severity }) => [toIso(at), transition, severity]),
      })),
    );
  });
});
