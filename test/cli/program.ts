import { afterAll, afterEach } from '@jest/globals';
import { transformFileSync } from '@swc/core';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** Nothing that a test starts outlives it by long, whatever happens. In milliseconds. */
const LONGEST_RUN = 90_000;

/** Where a service serves, as it says. What it says later is read, too: with nobody to read it, it would die of it. */
const SERVES = /http:\/\/127\.0\.0\.1:\d+/;

/** How a run of the program ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
  /** Another Node than the one that runs the tests. */
  readonly node?: string;
  /** Another user than the one who runs the tests. */
  readonly uid?: number | undefined;
}

/** The program for the tests of one file: what they leave serving stops after each, and it is removed after the last. */
export const programOfFile = (): Program => {
  const program = new Program();
  afterEach(() => program.stop());
  afterAll(() => {
    program.remove();
  });
  return program;
};

/**
 * The program as it stands in `src`, compiled into a package of its own in a temporary folder: no test depends on when
 * somebody last ran a build. With a folder for the data of one test.
 */
class Program {
  readonly folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
  private runs = 0;
  private readonly serving: Serving[] = [];

  constructor() {
    cpSync(join(ROOT, 'bin'), join(this.folder, 'bin'), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(this.folder, 'package.json'));
    for (const name of ['config', 'node_modules']) symlinkSync(join(ROOT, name), join(this.folder, name));
    for (const file of globSync('**/*.ts', { cwd: join(ROOT, 'src') })) {
      if (file.endsWith('.spec.ts')) continue;
      const compiled = join(this.folder, 'dist', file.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(compiled), { recursive: true });
      writeFileSync(compiled, transformFileSync(join(ROOT, 'src', file), { cwd: ROOT, sourceMaps: false }).code);
    }
  }

  /** Stops what serves still. */
  async stop(): Promise<void> {
    for (const serving of this.serving.splice(0)) await serving.stop();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** A folder that is not there yet. */
  freshFolder(): string {
    return join(this.folder, `data-${++this.runs}`);
  }

  /** A file with this content. */
  file(content: string | Buffer): string {
    const file = join(this.folder, `file-${++this.runs}`);
    writeFileSync(file, content);
    return file;
  }

  /** Runs the program to its end. Without a `DATA_DIR` it gets one that is not there yet. */
  async run(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
    const child = this.spawn(args, surroundings);
    child.stdin.end(surroundings.input ?? '');
    return ended(child);
  }

  /** Starts the program and leaves it running. */
  spawn(args: readonly string[], { env = {}, node = process.execPath, uid }: Surroundings = {}) {
    const child = spawn(node, [join(this.folder, 'bin/custody-watch.js'), ...args], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'warn', DATA_DIR: this.freshFolder(), ...env },
      timeout: LONGEST_RUN,
      killSignal: 'SIGKILL' as const,
      ...(uid !== undefined && { uid }),
    });
    // It may end without having read all that it was given.
    child.stdin.on('error', () => undefined);
    return child;
  }

  /** The service, once it says where it serves. */
  serve(dataDir: string, ...options: readonly string[]): Promise<Serving> {
    return this.serveWith({ DATA_DIR: dataDir }, ...options);
  }

  /** The same, with these settings. */
  async serveWith(env: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<Serving> {
    const child = this.spawn(['serve', ...options], { env });
    const ending = ended(child);
    const served = saidUntil(child, SERVES).then((said) => {
      const serving = new Serving(SERVES.exec(said)?.[0] ?? '', child, ending);
      this.serving.push(serving);
      return serving;
    });
    const failed = ending.then(({ err }): never => {
      throw new Error(`The service did not start: ${err}`);
    });
    return Promise.race([served, failed]);
  }
}

/** A service that is running. */
export class Serving {
  constructor(
    readonly url: string,
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly ending: Promise<Ended>,
  ) {}

  /** Once the watch and all that is read from the log have read what it holds. */
  async decided(): Promise<void> {
    while (!(await fetch(`${this.url}/health/readiness`)).ok);
  }

  /** Asks it to stop, as Ctrl-C does. */
  async stop(): Promise<Ended> {
    this.child.kill('SIGINT');
    return this.ending;
  }
}

/** What a running program says, from now until something matches. */
export const saidUntil = (
  child: ChildProcessWithoutNullStreams,
  wanted: RegExp,
  where: 'stdout' | 'stderr' = 'stdout',
): Promise<string> =>
  new Promise((resolve) => {
    let said = '';
    child[where].on('data', (chunk) => {
      said += String(chunk);
      if (wanted.test(said)) resolve(said);
    });
  });

export const ended = async (child: ChildProcessWithoutNullStreams): Promise<Ended> => {
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
};

export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');
