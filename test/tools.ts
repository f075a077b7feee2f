import { it } from '@jest/globals';
import { spawnSync } from 'node:child_process';

/** The Debian package that brings a program. */
const PACKAGE_OF: Readonly<Record<string, string>> = {
  promtool: 'prometheus',
  prometheus: 'prometheus',
  chromium: 'chromium',
  pdftotext: 'poppler-utils',
};

/**
 * `it` for a test that runs a program of the machine. Where the program is missing the test is skipped and says so; in CI
 * (CI=true) that is an error instead, so that nothing is left unchecked in silence.
 */
export function toolOrSkip(name: string): typeof it | typeof it.skip {
  const { error } = spawnSync(name, ['--version'], { stdio: 'ignore' });
  if (!error) return it;
  const brings = `apt-get install -y ${PACKAGE_OF[name] ?? name} brings it`;
  const missing = `${name} is not installed (${error.message}). On Debian: ${brings}.`;
  if (process.env.CI === 'true') throw new Error(missing);
  process.stderr.write(`Skipped: ${missing}\n`);
  return it.skip;
}
