/**
 * The code that mutants are made of, and the folders whose specs have to notice them. Whatever decides has a line here:
 * deciders, planners, the kernel.
 */
export const TRIED = [
  { code: 'src/kernel', specs: ['src/kernel', 'test/acceptance', 'test/properties', 'test/rules'] },
  { code: 'src/safety-alerts/alert', specs: ['src/safety-alerts/alert'] },
  { code: 'src/handover/handover.ts', specs: ['src/handover'] },
];
