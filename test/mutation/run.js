import { Stryker } from '@stryker-mutator/core';
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { TRIED } from './tried.js';

// Changes one thing of the code at a time, and runs the specs that reach it: a mutant that none of them notices stands
// for something that is not tested. See docs/mutation.md.

/** Of each folder. */
const LEAST_KILLED = 0.85;
/** For what changed since a branch. */
const PATIENCE = 20 * 60_000;

const { values, positionals } = parseArgs({ options: { since: { type: 'string' } }, allowPositionals: true });

const sourcesIn = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true })
        .map((name) => join(path, name))
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    : [path];

/** Also what is not committed yet. */
const changedSince = (branch) =>
  execFileSync('git', ['diff', '--name-only', '--diff-filter=d', '--merge-base', branch], { encoding: 'utf8' }).split(
    '\n',
  );

const optionsFor = (file, specs) => ({
  mutate: [file],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  jest: {
    projectType: 'custom',
    configFile: 'jest.config.js',
    config: {
      testMatch: specs.map((folder) => `<rootDir>/${folder}/**/*.spec.ts`),
      setupFiles: ['fixed-chance.ts', 'mutation/first-failure.ts'].map((file) => `<rootDir>/test/${file}`),
    },
  },
  concurrency: Math.max(1, availableParallelism() - 1),
  // A mutant that never ends is noticed as well. A busy machine is none.
  timeoutMS: 15_000,
  dryRunTimeoutMinutes: 30,
  // A copy of the code, out of the way of whatever looks at the repository.
  tempDirName: join(tmpdir(), 'custody-watch-mutants'),
  ignorePatterns: ['dist', 'docs', 'bench'],
  reporters: [],
  logLevel: 'error',
});

const isKilled = ({ status }) => status === 'Killed' || status === 'Timeout';
const isAlive = ({ status }) => status === 'Survived' || status === 'NoCoverage';

/** Tells of the mutants of a file that nobody noticed; gives how many there were, and how many were noticed. */
const tried = async (file, specs) => {
  const mutants = await new Stryker(optionsFor(file, specs)).runMutationTest();
  const alive = mutants.filter(isAlive);
  const killed = mutants.filter(isKilled).length;
  console.log(`${file}: ${killed} of ${killed + alive.length} killed`);
  for (const { location, mutatorName, replacement, status } of alive)
    console.log(`  ${file}:${location.start.line}:${location.start.column} ${status}: ${mutatorName}, ${replacement}`);
  return { folder: dirname(file), killed, mutants: killed + alive.length };
};

const changed = values.since === undefined ? undefined : changedSince(values.since);
const wanted = TRIED.flatMap(({ code, specs }) => sourcesIn(code).map((file) => ({ file, specs })))
  .filter(({ file }) => changed === undefined || changed.includes(file))
  .filter(({ file }) => positionals.length === 0 || positionals.some((path) => file.startsWith(path)));

const scores = new Map();
const leftOut = [];
for (const { file, specs } of wanted) {
  if (changed !== undefined && performance.now() > PATIENCE) leftOut.push(file);
  else {
    const { folder, killed, mutants } = await tried(file, specs);
    const score = scores.get(folder) ?? { killed: 0, mutants: 0 };
    scores.set(folder, { killed: score.killed + killed, mutants: score.mutants + mutants });
  }
}

console.table(
  Array.from(scores, ([folder, { killed, mutants }]) => {
    const share = mutants === 0 ? 1 : killed / mutants;
    if (share < LEAST_KILLED) process.exitCode = 1;
    return { folder, mutants, killed, 'per cent': Number((share * 100).toFixed(1)) };
  }),
);
if (wanted.length === 0) console.log('There is nothing of it to try: see test/mutation/tried.js.');
if (leftOut.length > 0) console.log(`Not tried, for want of time: ${leftOut.join(', ')}`);
