import { NestFactory, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { LoggerService } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { atMostEachMinute } from '../access/rate-limit.js';
import { onlyCallersWrite, recogniseWith } from '../access/sign-in.js';
import { noStore, securityHeaders } from '../web/frame/response-headers.js';
import { Frames } from '../web/frame/frame.js';
import { pageIfAsked } from '../web/frame/page-if-asked.js';
import { useViews } from '../web/frame/views.js';
import { Sessions } from '../web/sign-in/sessions.js';
import { AppModule } from './app.module.js';
import { BoundedExpress } from './bounded-server.js';
import type { Estate } from './estate.js';
import { exceptForManagement, onlyForManagement } from './management.js';
import { onlyFromHere } from './only-from-here.js';
import { BodyReader } from './request-body.js';
import { isLoopback } from './settings.js';
import { programSignInOf } from './sign-in.js';
import { answerUnreadable } from './unreadable-request.js';

/**
 * The service, ready to listen. What follows the log starts with `init` or `listen`; a route that does not say who may use
 * it stops that. @throws InvalidAccessFile
 */
export const createApp = async (estate: Estate, logger: LoggerService | false): Promise<NestExpressApplication> => {
  const signIn = programSignInOf(estate);
  const { issuer, requestsPerMinute, host, trustedProxies = [] } = estate.settings;
  const options = { logger, bodyParser: false };
  const module = AppModule.on(estate, signIn);
  const app = await NestFactory.create<NestExpressApplication>(module, new BoundedExpress(), options);
  answerUnreadable(app.getHttpServer(), issuer !== undefined);
  app.set('trust proxy', trustedProxies);
  app.use(app.get(Frames).around);
  app.use(securityHeaders(issuer && [new URL(issuer.issuer).origin]));
  if (!issuer) app.use(exceptForManagement(onlyFromHere));
  useViews(app);
  // Nobody keeps an answer, so nobody asks whether theirs still holds.
  app.disable('etag');
  app.use(noStore, pageIfAsked);
  app.use(recogniseWith(signIn), exceptForManagement(app.get(Sessions).handler()));
  if (!isLoopback(host)) app.use('/metrics', onlyForManagement);
  if (requestsPerMinute !== undefined) app.use(exceptForManagement(atMostEachMinute(requestsPerMinute)));
  app.use(onlyCallersWrite);
  // Guards stand in a row: roles, which the module of access brings, are looked at before a body is read.
  app.useGlobalGuards(new BodyReader(app.get(Reflector)));
  SwaggerModule.setup('docs', app, openApi(app), {
    jsonDocumentUrl: 'v3/api-docs',
    customSiteTitle: 'Custody Watch API',
  });
  return app;
};

const openApi = (app: NestExpressApplication) =>
  SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('Custody Watch')
      .setDescription('Safety alerts about people in prison, and the custody events they rest on.')
      .setVersion('1')
      .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'With AUTH=oidc' })
      .setLicense('MIT', 'https://opensource.org/license/mit')
      .build(),
  );
