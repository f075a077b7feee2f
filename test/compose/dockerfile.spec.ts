import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isThere, ROOT, text } from './compose-file.js';

const instructions = text('Dockerfile')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [word = '', ...rest] = line.split(' ');
    return { word, rest: rest.join(' ') };
  });
const of = (word: string, among = instructions): string[] =>
  among.flatMap((each) => (each.word === word ? [each.rest] : []));
const all = (word: string): string[] => of(word);
const copied = (rest: string) => {
  const from = /^--from=(\S+) /.exec(rest)?.[1];
  const paths = rest.replace(/^--from=\S+ /, '').split(' ');
  return { from, sources: paths.slice(0, -1) };
};
const copies = all('COPY').map(copied);
/** What is done in the first stage. */
const building = instructions.slice(
  0,
  instructions.findLastIndex(({ word }) => word === 'FROM'),
);
const { devDependencies } = JSON.parse(text('package.json')) as { devDependencies: Record<string, string> };

describe('the image', () => {
  it('is built in one stage and run in another, both on the Node that the tests run on, pinned by its digest', () => {
    const node = `node:${devDependencies['node'] ?? ''}-bookworm-slim`;
    const [digest = ''] = /@sha256:[0-9a-f]{64}/.exec(all('FROM')[0] ?? '') ?? [];
    expect(digest).not.toBe('');
    expect(all('FROM')).toEqual([`${node}${digest} AS build`, `${node}${digest}`]);
  });

  it('takes from here only what there is, and what is not kept out of the build', () => {
    const sources = copies.filter(({ from }) => from === undefined).flatMap((copy) => copy.sources);
    const letIn = text('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    for (const source of sources) expect([source, isThere(source)]).toEqual([source, true]);
    expect([...new Set(sources)].sort()).toEqual(letIn.sort());
    expect(text('.dockerignore')).toMatch(/^\*$/m);
  });

  it('is built from nothing but what it takes from here', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
    const isOurs = (path: string): boolean => !path.endsWith('.spec.ts');
    for (const source of of('COPY', building).flatMap((rest) => copied(rest).sources))
      cpSync(join(ROOT, source), join(folder, source), { recursive: true, filter: isOurs });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    expect(of('RUN', building).at(-1)).toMatch(/^npm run build &&/);
    const build = spawn('npm', ['run', 'build'], { cwd: folder, stdio: 'ignore' });
    expect((await once(build, 'exit')) as unknown[]).toEqual([0, null]);
    for (const file of ['cli/main.js', 'web/frame/layout.njk', 'web/assets'])
      expect([file, existsSync(join(folder, 'dist', file))]).toEqual([file, true]);
    rmSync(folder, { recursive: true });
  });

  it('holds what the package holds, without what only building and testing need', () => {
    const { files } = JSON.parse(text('package.json')) as { files: string[] };
    const into = all('COPY').map((rest) => rest.split(' ').at(-1));
    expect(into).toEqual(expect.arrayContaining(files.filter((file) => !file.startsWith('!'))));
    expect(all('RUN').join('\n')).toContain('npm prune --omit=dev');
    expect(copies.flatMap(({ from }) => from ?? [])).toEqual(['build', 'build']);
  });

  it('runs as a user by number, who has no rights, and ends when it is told to', () => {
    expect(all('USER')).toEqual(['1000:1000']);
    expect(JSON.parse(all('ENTRYPOINT')[0] ?? '')).toEqual(['node', '/app/bin/custody-watch.js']);
    expect(JSON.parse(all('CMD')[0] ?? '')).toEqual(['serve']);
  });

  it('asks whether the service lives with what it has', async () => {
    const [check = ''] = all('HEALTHCHECK');
    const [, node, flag, program] = ['', ...(JSON.parse(/CMD (.*)$/.exec(check)?.[1] ?? '') as string[])];
    expect([node, flag]).toEqual(['node', '-e']);
    expect(program).toContain('/health/liveness');
    const health = { status: 200 };
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/health/liveness' ? health.status : 404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const codeAt = async (at: number): Promise<unknown> => {
      const child = spawn(process.execPath, ['-e', program ?? ''], { env: { PORT: String(at) } });
      return ((await once(child, 'exit')) as unknown[])[0];
    };
    expect(await codeAt(port)).toBe(0);
    health.status = 503;
    expect(await codeAt(port)).toBe(1);
    server.close();
    expect(await codeAt(port)).toBe(1);
  });
});
