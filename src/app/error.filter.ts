import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { answerTo, type ErrorAnswer } from './error-answer.js';

const PROBLEM = 'application/problem+json';
const RETRY_AFTER_SECONDS = '5';

/**
 * Every error leaves in one shape: that of HMPPS services, or RFC 9457 when the caller asks for it. The log gets the code
 * and the stack of what was not foreseen; never what was sent.
 */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const answer = answerTo(error);
    if (answer.status >= 500)
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (answer.status === 503) response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
    if (response.headersSent) {
      response.end();
      return;
    }
    const problem = host.switchToHttp().getRequest<Request>().accepts(['application/json', PROBLEM]) === PROBLEM;
    response.status(answer.status).type(problem ? PROBLEM : 'application/json');
    response.send(JSON.stringify(problem ? asProblem(answer) : asHmpps(answer)));
  }
}

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
