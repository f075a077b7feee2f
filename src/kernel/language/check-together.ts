import { didYouMean, sayPlace, type Problem } from './problems.js';
import type { RuleFile } from './read-rule-file.js';

/**
 * Mistakes that only show when rules are read together: two with one id, a reference to a rule that does not exist,
 * rules that refer to each other in a circle.
 */
export const checkTogether = (files: readonly RuleFile[]): Problem[] => {
  const ids = files.map(({ rule }) => rule.id);
  const byId = new Map(files.map((file) => [file.rule.id, file]));
  return files.flatMap((file, index) => {
    const { rule, place, references } = file;
    const first = files[ids.indexOf(rule.id)] as RuleFile;
    const twice =
      ids.indexOf(rule.id) < index ? `There is a rule ${rule.id} already, at ${sayPlace(first.place)}.` : undefined;
    const unknown = references
      .filter((reference) => !byId.has(reference.rule))
      .map(({ rule: id, ...at }) => ({
        ...at,
        message: `${rule.id}: There is no rule "${id}".${didYouMean(id, ids)}`,
      }));
    const circle = references
      .filter((reference) => reaches(reference.rule, rule.id, byId))
      .map(({ rule: id, ...at }) => ({
        ...at,
        message: `${rule.id}: ${id === rule.id ? 'It' : id} refers back to ${rule.id}. Rules must not refer in a circle.`,
      }));
    return [...(twice === undefined ? [] : [{ ...place, message: twice }]), ...unknown, ...circle];
  });
};

const reaches = (
  from: string,
  to: string,
  byId: ReadonlyMap<string, RuleFile>,
  passed = new Set<string>(),
): boolean => {
  if (from === to) return true;
  if (passed.has(from)) return false;
  passed.add(from);
  return (byId.get(from)?.references ?? []).some(({ rule }) => reaches(rule, to, byId, passed));
};
