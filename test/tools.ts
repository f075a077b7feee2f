import { it } from '@jest/globals';
import { spawnSync } from 'node:child_process';

/**
 * `it` for a test that runs a program of the machine. Where the program is missing the test is skipped and says so; in CI
 * (CI=true) that is an error instead, so that nothing is left unchecked in silence.
 */
export function toolOrSkip(name: string): typeof it | typeof it.skip {
  const { error } = spawnSync(name, ['--version'], { stdio: 'ignore' });
  if (!error) return it;
  const missing = `${name} is not installed (${error.message}). On Debian: apt-get install -y prometheus brings promtool.`;
  if (process.env.CI === 'true') throw new Error(missing);
  process.stderr.write(`Skipped: ${missing}\n`);
  return it.skip;
}
