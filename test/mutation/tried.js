const RULES = ['test/rules/{rules,say-rule,say-why,stories-by-definition}.spec.ts'];
const LIVES = ['test/acceptance/{cases,definitional}.spec.ts'];

/**
 * The code that mutants are made of, and the specs that have to notice them; `slow` are tried only on those that live
 * through the others. Whatever decides has a line here: deciders, planners, the kernel.
 */
export const TRIED = [
  { code: 'src/kernel', specs: ['src/kernel/**/*.spec.ts', ...RULES], slow: [...LIVES, 'test/properties/*.spec.ts'] },
  { code: 'src/safety-alerts/alert', specs: ['src/safety-alerts/alert/**/*.spec.ts'] },
  { code: 'src/handover/handover.ts', specs: ['src/handover/**/*.spec.ts'] },
];
