import { ConsoleLogger, type LogLevel as NestLevel } from '@nestjs/common';
import type { LogLevel } from './settings.js';

const FROM_WORST: readonly NestLevel[] = ['fatal', 'error', 'warn', 'log', 'debug'];
const NAMES: Readonly<Record<LogLevel, NestLevel>> = {
  fatal: 'fatal',
  error: 'error',
  warn: 'warn',
  info: 'log',
  debug: 'debug',
};
/** What the framework tells of its own assembly: the same at every start, and of no use to who runs the service. */
const ASSEMBLY: readonly unknown[] = [
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
];

/** Log lines for people on a terminal, JSON lines anywhere else. They never hold personal data. */
export class ServiceLog extends ConsoleLogger {
  constructor(level: LogLevel, terminal: boolean) {
    const logLevels = FROM_WORST.slice(0, FROM_WORST.indexOf(NAMES[level]) + 1);
    super({ json: !terminal, colors: terminal, logLevels });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (!ASSEMBLY.includes(rest.at(-1))) super.log(message, ...rest);
  }
}
