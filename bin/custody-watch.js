#!/usr/bin/env node
// Plain JavaScript for any Node: the service needs Node 24, and runs on the one that its packages bring.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const WANTED = 24;
const main = new URL('../dist/cli/main.js', import.meta.url);

const majorOf = (version) => Number(/^v?(\d+)/.exec(version)[1]);

const fail = (message) => {
  console.error(`custody-watch: ${message}`);
  process.exit(2);
};

/** The Node that came with the packages, if it is there and works. */
const pinnedNode = () => {
  try {
    const folder = createRequire(import.meta.url).resolve('node/package.json');
    const binary = fileURLToPath(new URL('./bin/node', `file://${folder}`));
    const { status, stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
    return status === 0 && majorOf(stdout) >= WANTED ? binary : undefined;
  } catch {
    return undefined;
  }
};

if (!existsSync(main)) fail('it has not been built yet. Run "npm run build".');

if (majorOf(process.version) >= WANTED) {
  await import(main.href);
} else {
  const node = pinnedNode();
  if (!node) {
    fail(
      `Node ${WANTED} or later is needed, this is ${process.version}. Node ${WANTED} comes with the packages: run ` +
        '"npm rebuild node" if they were installed with --ignore-scripts, or "npm ci" to install them.',
    );
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
  const { spawn } = await import('node:child_process');
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
