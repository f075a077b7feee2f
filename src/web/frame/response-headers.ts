import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { IncomingMessage, ServerResponse } from 'node:http';

const nonceOf = (_request: IncomingMessage, response: ServerResponse): string =>
  `'nonce-${String((response as ServerResponse & { locals: Record<string, unknown> }).locals['nonce'])}'`;

/**
 * Security headers. Scripts are ours or carry the nonce of the answer; nothing is fetched from elsewhere, and no other site
 * may put a page of ours in a frame.
 * @param signsInAt where the sign-in form of the issuer leads to, if anywhere but here
 */
export const securityHeaders = (signsInAt: readonly string[] = []): RequestHandler => {
  const strict = strictly(signsInAt);
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', NOTHING_PERMITTED);
    (DESCRIPTION.test(request.path) ? forDescription : strict)(request, response, next);
  };
};

/** No page of ours asks for any of it, so no script that gets in may. */
const NOTHING_PERMITTED = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'display-capture']
  .map((feature) => `${feature}=()`)
  .join(', ');
/** We speak for this host; what others run below its name is not ours to encrypt. */
const strictTransportSecurity = { includeSubDomains: false };

/** The description of the API is a page of another make: its styles are inline. Its scripts are not. */
const DESCRIPTION = /^\/docs(\/|$)/;
const forDescription = helmet({
  strictTransportSecurity,
  contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
});

const strictly = (signsInAt: readonly string[]) =>
  helmet({
    strictTransportSecurity,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", nonceOf],
        styleSrc: ["'self'", nonceOf],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'", ...signsInAt],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Nobody else learns where somebody was; we do, to lead them back. Without it forms would come from nowhere (`Origin: null`).
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });

/** No answer is kept by a browser or a proxy: somebody else may use the machine next. */
export const noStore = (_request: Request, response: Response, next: NextFunction): void => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};
