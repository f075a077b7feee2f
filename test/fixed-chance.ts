import fc from 'fast-check';

/**
 * Every property test draws the same cases every time, so that what fails was broken by the change and fails for
 * everybody; `SEED` draws others. To find new ones is the soak's work (docs/guarantees.md, "Random cases").
 */
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20_261_130) });
