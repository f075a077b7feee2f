import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One series of an answer: its labels, and the value as Prometheus writes it. */
export interface Found {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

interface Answer {
  readonly status: 'success' | 'error';
  readonly error?: string;
  readonly data: { readonly result: readonly Found[] };
}

const PROMETHEUS = 'prometheus';
/** So that waiting for Prometheus leaves it the machine; milliseconds. */
const ASK_AGAIN = 200;

/** A real Prometheus on this machine that scrapes one service every second, with the rules of config/prometheus. */
export class RunningPrometheus {
  private constructor(
    private readonly folder: string,
    private readonly process: ChildProcess,
    private readonly port: number,
  ) {}

  static async scraping(target: string, rules: string): Promise<RunningPrometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'custody-watch-prometheus-'));
    const port = await freePort();
    const global = { scrape_interval: '1s', evaluation_interval: '1s' };
    const scrape = { job_name: 'custody-watch', static_configs: [{ targets: [target] }] };
    // JSON is YAML.
    writeFileSync(
      join(folder, 'prometheus.yml'),
      JSON.stringify({ global, rule_files: [rules], scrape_configs: [scrape] }),
    );
    const words = [
      '--config.file=prometheus.yml',
      '--storage.tsdb.path=data',
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const running = spawn(PROMETHEUS, words, { cwd: folder, stdio: 'ignore' });
    return new RunningPrometheus(folder, running, port);
  }

  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true });
  }

  /** What an expression gives just now. @throws NoExpression in the words of Prometheus when it is no expression */
  async query(expression: string): Promise<readonly Found[]> {
    const url = `http://127.0.0.1:${this.port}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const answer = (await (await fetch(url)).json()) as Answer;
    if (answer.status === 'error') throw new NoExpression(`${expression}: ${answer.error ?? ''}`);
    return answer.data.result;
  }

  /** Asks again and again until an expression gives something; the test's own time is the limit. */
  async until(expression: string): Promise<void> {
    for (;;) {
      if (this.process.exitCode !== null) throw new Error(`Prometheus ended by itself: ${this.process.exitCode}.`);
      const found = await this.query(expression).catch(notYet);
      if (found.length > 0) return;
      await once(AbortSignal.timeout(ASK_AGAIN), 'abort');
    }
  }
}

/** Prometheus says that it is no expression. */
class NoExpression extends Error {
  readonly code = 'NO_EXPRESSION';
}

/** Until it listens, and has read its files, nobody answers. */
const notYet = (error: unknown): readonly Found[] => {
  if (error instanceof NoExpression) throw error;
  return [];
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
