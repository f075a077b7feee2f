import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { LoggerService } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import { AppModule } from './app.module.js';
import type { Estate } from './estate.js';
import { onlyFromHere } from './only-from-here.js';
import { inOurWords, JSON_PARSING, onlyKnownTypes } from './request-body.js';

/** The service, ready to listen. What follows the log starts with `init` or `listen`. */
export const createApp = async (estate: Estate, logger: LoggerService | false): Promise<NestExpressApplication> => {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.on(estate), { logger, bodyParser: false });
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  app.use(onlyFromHere, onlyKnownTypes);
  app.useBodyParser('json', JSON_PARSING);
  app.use(inOurWords);
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
      .setLicense('MIT', 'https://opensource.org/license/mit')
      .build(),
  );
