import { Catch, Inject, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Freshness } from '../web/frame/freshness.js';
import { sayMoment } from '../web/frame/moments.js';
import { showTrouble } from '../web/frame/trouble.js';
import { NotSignedIn } from '../access/errors.js';
import { wantsPage, WayBack } from '../web/sign-in/way-back.js';
import type { Instant } from '../prison/instant.js';
import { type Clock, CLOCK } from '../store/clock.js';
import { StoreError } from '../store/errors.js';
import { answerTo, type ErrorAnswer } from './error-answer.js';
import { Refusals } from './refusals.js';

const PROBLEM = 'application/problem+json';
/** The first is for callers without a preference: they are programs. */
const SHAPES = ['application/json', PROBLEM, 'text/html'];
const RETRY_AFTER_SECONDS = '5';

/**
 * Every error leaves in one shape: that of HMPPS services, or RFC 9457 or a page when the caller asks for it. The log gets the code
 * and the stack of what was not foreseen; never what was sent.
 */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly freshness: Freshness,
    private readonly wayBack: WayBack,
    private readonly refusals: Refusals,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** When a reason was logged last. There are few of them. */
  private readonly saidAt = new Map<string, Instant>();
  private readonly logger = new Logger(ErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    if (error instanceof NotSignedIn && wantsPage(request)) {
      this.wayBack.toSignIn(request, response);
      return;
    }
    const answer = answerTo(error);
    this.refusals.note(request, answer);
    if (answer.status === 503) {
      this.warn(withReason(answer.code, error));
      response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
    } else if (answer.status >= 500) this.logger.error(whereFrom(error));
    if (answer.challenge !== undefined) response.setHeader('WWW-Authenticate', answer.challenge);
    if (response.headersSent) {
      response.end();
      return;
    }
    const shape = request.accepts(SHAPES);
    if (shape === 'text/html') showTrouble(response, { ...answer, asOf: sayMoment(this.freshness.asOf) });
    else {
      const problem = shape === PROBLEM;
      response.status(answer.status).type(problem ? PROBLEM : 'application/json');
      response.send(JSON.stringify(problem ? asProblem(answer) : asHmpps(answer)));
    }
  }

  /** The same reason once in ten seconds. */
  private warn(reason: string): void {
    const now = this.clock.now();
    if (Math.abs(now - (this.saidAt.get(reason) ?? -Infinity)) < REMINDER) return;
    this.saidAt.set(reason, now);
    this.logger.warn(reason);
  }
}

/** In milliseconds. A sender that tries again and again must not fill the log. */
const REMINDER = 10_000;

/** Why, such as that the disk is full. Of the log in our own words: a server's can name a stream, and with it somebody. */
const withReason = (code: string, error: unknown): string => {
  if (error instanceof StoreError) return `${code}: ${error.message}`;
  return error instanceof Error && error.cause instanceof Error ? `${code}: ${error.cause.message}` : code;
};

/** Which error it was and where it came from. Its message may hold what was sent, so the log does without. */
const whereFrom = (error: unknown): string => {
  if (!(error instanceof Error)) return `Something of type ${typeof error} was thrown.`;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return [error.constructor.name, ...frames].join('\n');
};

const asHmpps = ({ status, code, message, details }: ErrorAnswer) => ({
  status,
  errorCode: code,
  userMessage: message,
  developerMessage: message,
  moreInfo: null,
  ...details,
});

const asProblem = ({ status, code, message, details }: ErrorAnswer) => ({
  type: 'about:blank',
  title: code,
  status,
  detail: message,
  ...details,
});
