import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, TestStatus } from '@stryker-mutator/api/test-runner';
import { getState } from 'jest-circus';
import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import '../crash/store-typescript.mjs';

// Runs specs in one process: they are read once, then a mutant is switched on, and the first test that fails ends its
// run. Jest would read all the specs anew for each mutant, and go on to the last test.

const GLOBALS = new URL('./jest-globals.js', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: GLOBALS, shortCircuit: true } : next(specifier, context),
});

/** By their names, in the order of the patterns. Two tests of one name are one that has both to pass. */
const testsOf = async (specs) => {
  const files = specs.flatMap((pattern) => globSync(pattern).toSorted());
  for (const file of ['test/fixed-chance.ts', 'test/mutation/first-failure.ts', ...files])
    await import(pathToFileURL(resolve(file)).href);
  return Map.groupBy(testsIn(getState().rootDescribeBlock), nameOf);
};

const testsIn = ({ children }) => children.flatMap((child) => (child.type === 'test' ? [child] : testsIn(child)));
const blocksAround = ({ parent }) => (parent === undefined ? [] : [...blocksAround(parent), parent]);
const nameOf = (test) => [...blocksAround(test).slice(1), test].map(({ name }) => name).join(' ');

/** Each test by itself: what is done once before several of them, is done before each. */
const run = async (test) => {
  const hooks = blocksAround(test).flatMap(({ hooks }) => hooks);
  for (const { fn } of hooks.filter(({ type }) => type.startsWith('before'))) await fn();
  await test.fn();
  for (const { fn } of hooks.filter(({ type }) => type.startsWith('after'))) await fn();
};

/** What the first of them that fails says; nothing where all pass. */
const failureOf = async (tests) => {
  try {
    for (const test of tests) await run(test);
    return undefined;
  } catch (error) {
    return String(error);
  }
};

/** Shared with the code that has the mutants in it: which of them is on, and which are reached. */
const context = (globalThis.__stryker__ ??= {});

class SpecsInOneProcess {
  static inject = tokens(commonTokens.options);
  #specs;
  #tests;

  constructor({ specs }) {
    this.#specs = specs;
  }

  /** Nothing has to be read anew: mutants of what is worked out while a file is read are left out (run.js). */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    this.#tests ??= await testsOf(this.#specs);
    const results = [];
    for (const [id, tests] of this.#tests) {
      context.currentTestId = id;
      const began = performance.now();
      const failureMessage = await failureOf(tests);
      results.push({
        id,
        name: id,
        timeSpentMs: performance.now() - began,
        status: failureMessage === undefined ? TestStatus.Success : TestStatus.Failed,
        failureMessage,
      });
    }
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: context.mutantCoverage };
  }

  /** Ten times as often as in all tests, and no mutant is reached but in an endless loop: a hundred times take a minute. */
  async mutantRun({ activeMutant, testFilter, hitLimit: hundredfold }) {
    this.#tests ??= await testsOf(this.#specs);
    const hitLimit = hundredfold === undefined ? undefined : hundredfold / 10;
    Object.assign(context, {
      activeMutant: activeMutant.id,
      hitLimit,
      hitCount: hitLimit === undefined ? undefined : 0,
    });
    const reaching = testFilter ?? [...this.#tests.keys()];
    const wanted = new Set(reaching);
    for (const [id, tests] of this.#tests) {
      if (!wanted.has(id)) continue;
      const failureMessage = await failureOf(tests);
      if (context.hitCount > hitLimit) return { status: MutantRunStatus.Timeout };
      if (failureMessage !== undefined)
        return { status: MutantRunStatus.Killed, killedBy: [id], failureMessage, nrOfTests: wanted.size };
    }
    return { status: MutantRunStatus.Survived, nrOfTests: wanted.size };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'specs-in-one-process', SpecsInOneProcess)];
