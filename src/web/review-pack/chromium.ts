import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ZONE } from '../../prison/local-days.js';

const run = promisify(execFile);

const LONGEST_MS = 60_000;
const MOST_WAITING = 5;

/** Nothing is fetched and no script runs: what is printed brings everything with it. */
const FLAGS = [
  '--headless',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-breakpad',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-pdf-header-footer',
];

/** Nest's token for the {@link Chromium}; its value is undefined where there is none. */
export const CHROMIUM = Symbol('Chromium');

/** Where in a data folder it prints. */
export const printingIn = (dataDir: string): string => join(dataDir, 'printing');

/** Removes what a print left that was killed, and nobody may be printing now. @throws Error of the file system */
export const removePrints = (dataDir: string): void => {
  rmSync(printingIn(dataDir), { recursive: true, force: true, maxRetries: 5 });
};

/**
 * A browser of the machine that makes PDFs, one at a time. What it needs on disk holds personal data: it lies in a folder
 * that only this user can read, and is removed whatever happens; what a crash left, with the next start of the service.
 */
export class Chromium {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  /** @param folder of its own: everything in it is removed */
  constructor(
    private readonly program: string,
    private readonly folder: string,
  ) {}

  /** A page as PDF. @throws CannotPrint */
  async print(html: string): Promise<Buffer> {
    if (this.waiting >= MOST_WAITING) throw new CannotPrint('too many others are waiting');
    this.waiting++;
    const printed = this.last.then(() => this.printNow(html));
    this.last = printed.catch(() => undefined);
    try {
      return await printed;
    } finally {
      this.waiting--;
    }
  }

  private async printNow(html: string): Promise<Buffer> {
    await this.clear();
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      const desk = await mkdtemp(join(this.folder, 'print-'));
      const page = join(desk, 'page.html');
      const pdf = join(desk, 'page.pdf');
      await writeFile(page, html, { mode: 0o600 });
      await run(this.program, [...flagsFor(desk), `--print-to-pdf=${pdf}`, pathToFileURL(page).href], {
        timeout: LONGEST_MS,
        killSignal: 'SIGKILL',
        env: { PATH: process.env['PATH'], HOME: desk, TMPDIR: desk, LANG: 'en_GB.UTF-8', TZ: ZONE },
      });
      return await readFile(pdf);
    } catch (error) {
      throw new CannotPrint('Chromium did not print it', { cause: error });
    } finally {
      await this.clear();
    }
  }

  private clear(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Chromium refuses to run as root in its sandbox; then what it is given is all that keeps it harmless. */
const flagsFor = (desk: string): string[] => [
  ...FLAGS,
  `--user-data-dir=${join(desk, 'profile')}`,
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
/** Chromium did not print. Nothing was left behind. */
export class CannotPrint extends Error {
  readonly code = 'PDF_NOT_MADE';
  constructor(why: string, options?: ErrorOptions) {
    super(`The PDF could not be made: ${why}. Print the page from a browser instead.`, options);
  }
}
