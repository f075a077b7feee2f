import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  type Type,
  UseInterceptors,
} from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';

/** Says that there may be more than what is shown (RFC 7234, 5.5.1). */
export const markStale = (response: Response): void => {
  response.setHeader('X-Stale', 'true');
  response.setHeader('Warning', '110 custody-watch "Response is Stale"');
};

/** For routes and controllers: marks their answers as stale while their source is. */
export const StaleWhile = (source: Type<{ readonly isStale: boolean }>) => {
  @Injectable()
  class MarkStale implements NestInterceptor {
    constructor(@Inject(source) private readonly source: { readonly isStale: boolean }) {}

    intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
      return next.handle().pipe(
        tap(() => {
          if (this.source.isStale) markStale(context.switchToHttp().getResponse<Response>());
        }),
      );
    }
  }
  return UseInterceptors(MarkStale);
};
