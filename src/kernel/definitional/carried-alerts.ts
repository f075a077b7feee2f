import { worst } from '../../prison/severity.js';
import type { Rule } from '../rule.js';
import type { Situation } from './situation.js';
import { goOn, type OpenStory, type Story } from './story.js';

/**
 * How the story under a kept number goes on where latched alerts were open under numbers that are removed at this
 * instant: "it is raised under the kept number, standing on the same instant as before, unless one is open there, or its
 * closing condition holds (then it counts as closed there), or its basis is gone and the opening condition is not true;
 * it is raised once, with the higher of its severity and the step that is due."
 */
export const goOnWith = (carried: readonly OpenStory[], rule: Rule, story: Story, situation: Situation): Story[] => {
  const own = story.open && goOn(rule, story, situation);
  if (own?.open) return [own];
  const taken = takenOver(carried, rule, situation);
  if (!taken) return [own ?? goOn(rule, story, situation)];
  if (taken.open) return own ? [own, taken] : [taken];
  const settled = new Set([...(taken.settled ?? []), ...(own?.settled ?? story.settled ?? [])]);
  return [own ? { settled } : goOn(rule, { settled }, situation)];
};

/** Of several the one that has stood longest. */
const takenOver = (carried: readonly OpenStory[], rule: Rule, situation: Situation): Story | undefined => {
  const [first] = [...carried].sort((a, b) => a.standsSince - b.standsSince);
  if (!first) return undefined;
  const severity = worst(carried.map((open) => open.severity)) ?? first.severity;
  const story = goOn(rule, { open: { ...first, severity } }, situation);
  if (!story.open) return story.settled && story;
  return { open: { ...story.open, raisedAt: situation.t } };
};
