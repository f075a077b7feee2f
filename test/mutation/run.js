import { Stryker } from '@stryker-mutator/core';
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { TRIED } from './tried.js';

// Changes one thing of the code at a time, and runs the specs that reach it: a mutant that none of them notices stands
// for something that is not tested. See docs/mutation.md.

/** Of each folder. */
const LEAST_KILLED = 0.85;
/** For what changed since a branch. */
const PATIENCE = 20 * 60_000;
/** A property that does not fail on the first of them seldom fails at all, and each mutant tries them anew. */
process.env.PAIRS ??= '40';

const { values, positionals } = parseArgs({
  options: { since: { type: 'string' }, quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});

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

const optionsFor = (mutate, specs) => ({
  mutate,
  testRunner: 'specs-in-one-process',
  plugins: ['./test/mutation/runner.js'],
  specs,
  warnings: { unknownOptions: false },
  coverageAnalysis: 'perTest',
  // What is worked out while a file is read would take a new process for each mutant.
  ignoreStatic: true,
  concurrency: 1,
  // A mutant that never ends is noticed as well. A busy machine is none.
  timeoutMS: 15_000,
  dryRunTimeoutMinutes: 30,
  // A copy of the code, out of the way of whatever looks at the repository.
  tempDirName: join(tmpdir(), `custody-watch-mutants-${process.pid}`),
  ignorePatterns: ['dist', 'docs', 'bench'],
  reporters: ['progress-append-only'],
  logLevel: 'error',
});

const isKilled = ({ status }) => status === 'Killed' || status === 'Timeout';
const isAlive = ({ status }) => status === 'Survived' || status === 'NoCoverage';

/** As Stryker is told where to make mutants: it counts columns from 0 there, and from 1 where it says where they are. */
const placeOf = ({ fileName, location: { start, end } }) =>
  `${relative('.', fileName)}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;

const sayMutant = ({ fileName, location: { start, end }, mutatorName, replacement }) =>
  `${relative('.', fileName)}:${start.line}:${start.column} to ${end.line}:${end.column}, ${mutatorName}: ${replacement}`;

/** Of the mutants of these files; those that no quick spec notices are tried on the slow ones. */
const tried = async (files, { specs, slow = [] }) => {
  const mutants = await new Stryker(optionsFor(files, specs)).runMutationTest();
  const alive = mutants.filter(isAlive);
  if (values.quick || slow.length === 0 || alive.length === 0)
    return { alive, killed: mutants.filter(isKilled).length };
  const places = [...new Set(alive.map(placeOf))];
  const again = await new Stryker(optionsFor(places, slow)).runMutationTest();
  const killedAtLast = new Set(again.filter(isKilled).map(sayMutant));
  const stillAlive = alive.filter((mutant) => !killedAtLast.has(sayMutant(mutant)));
  return { alive: stillAlive, killed: mutants.filter(isKilled).length + alive.length - stillAlive.length };
};

const changed = values.since === undefined ? undefined : changedSince(values.since);
const isWanted = (file) =>
  (changed === undefined || changed.includes(file)) &&
  (positionals.length === 0 || positionals.some((path) => file.startsWith(path)));

const folders = TRIED.flatMap(({ code, ...specs }) =>
  Array.from(Map.groupBy(sourcesIn(code).filter(isWanted), dirname), ([folder, files]) => ({ folder, files, specs })),
);
const scores = [];
const leftOut = [];
for (const { folder, files, specs } of folders) {
  if (changed !== undefined && performance.now() > PATIENCE) leftOut.push(folder);
  else {
    const { alive, killed } = await tried(files, specs);
    const mutants = killed + alive.length;
    const share = mutants === 0 ? 1 : killed / mutants;
    if (share < LEAST_KILLED) process.exitCode = 1;
    for (const mutant of alive) console.log(`${mutant.status}: ${sayMutant(mutant)}`);
    scores.push({ folder, mutants, killed, 'per cent': Number((share * 100).toFixed(1)) });
  }
}

console.table(scores);
if (folders.length === 0) console.log('There is nothing of it to try: see test/mutation/tried.js.');
if (leftOut.length > 0) console.log(`Not tried, for want of time: ${leftOut.join(', ')}`);
