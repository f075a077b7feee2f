import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The program that is besieged: what was built in the folder from which the siege is started. */
const PROGRAM = join(process.cwd(), 'bin/custody-watch.js');
const SERVES = /http:\/\/127\.0\.0\.1:\d+/;

/** How a start came out. */
export type Started = { readonly service: RunningService } | { readonly ended: EndedService };

/** How a process came to its end, and what it said. */
export interface EndedService {
  readonly code: number | null;
  readonly said: string;
}

const programOn = (dataDir: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess =>
  spawn(process.execPath, [PROGRAM, ...args], {
    env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'warn', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Runs the program to its end. */
export const run = async (dataDir: string, ...args: readonly string[]): Promise<EndedService> =>
  new RunningService(programOn(dataDir, args, {})).ended;

/** A service in a process of its own, as it was built. */
export class RunningService {
  url = '';
  /** How it ends; it has not, until it has. */
  readonly ended: Promise<EndedService>;
  private said = '';

  constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    this.ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said: this.said }));
  }

  /** Resolves once it serves, or has ended without. */
  static async startOn(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Started> {
    const child = programOn(dataDir, ['serve'], env);
    const service = new RunningService(child);
    const serves = new Promise<Started>((resolve) => {
      child.stdout?.on('data', () => {
        const [url] = SERVES.exec(service.said) ?? [];
        if (url === undefined) return;
        service.url = url;
        resolve({ service });
      });
    });
    return Promise.race([serves, service.ended.then((ended): Started => ({ ended }))]);
  }

  /** The same, where nothing is wrong. @throws Error where it ends instead */
  static async serving(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<RunningService> {
    const started = await RunningService.startOn(dataDir, env);
    if ('service' in started) return started.service;
    throw new Error(`The service on ${dataDir} ended with ${String(started.ended.code)}: ${started.ended.said}`);
  }

  /** Waits until it has read its log, for so long at most, in milliseconds. Whether it has. */
  async isReadyWithin(milliseconds: number): Promise<boolean> {
    const until = performance.now() + milliseconds;
    while (performance.now() < until) {
      const { ok, body } = await this.get('/health');
      if ((await this.get('/health/readiness')).ok) return true;
      // What is DOWN may never be ready, and says so.
      if (!ok && performance.now() > until - milliseconds / 2 && body !== '') return false;
    }
    return false;
  }

  /** What it answers, also where it is a refusal. */
  async get(path: string): Promise<{ readonly ok: boolean; readonly status: number; readonly body: string }> {
    const response = await fetch(this.url + path);
    return { ok: response.ok, status: response.status, body: await response.text() };
  }

  /** Sends JSON, or lines of it. @returns the status */
  async post(path: string, body: string, type = 'application/json'): Promise<number> {
    const response = await fetch(this.url + path, { method: 'POST', headers: { 'Content-Type': type }, body });
    await response.text();
    return response.status;
  }

  /** What it holds in memory just now, in bytes. */
  residentSet(): number {
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.child.pid ?? 0}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  }

  /** Asks it to stop, and does not wait for longer than this, in milliseconds. Nothing where it does not stop. */
  async stop(milliseconds: number): Promise<EndedService | undefined> {
    this.child.kill('SIGTERM');
    const tooLate = new AbortController();
    const late = new Promise<undefined>((resolve) => {
      AbortSignal.any([AbortSignal.timeout(milliseconds), tooLate.signal]).onabort = () => {
        resolve(undefined);
      };
    });
    const ended = await Promise.race([this.ended, late]);
    tooLate.abort();
    if (!ended) this.child.kill('SIGKILL');
    return ended;
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
