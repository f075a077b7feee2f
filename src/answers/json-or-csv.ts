import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Schema } from './schema.js';

const CSV = 'text/csv';

/** JSON, or a table if `Accept: text/csv` asks for one. */
export const jsonOrCsv = <T extends object>(
  content: T,
  tableOf: (content: T) => string,
  { request, response, file }: { readonly request: Request; readonly response: Response; readonly file: string },
): T | string => {
  response.vary('Accept');
  if (request.accepts(['application/json', CSV]) !== CSV) return content;
  response.type(CSV).attachment(`${file}.csv`);
  return tableOf(content);
};

/** For the description of a route that answers in both shapes; `schema` says what the JSON holds. */
export const ApiJsonOrCsv = (description: string, schema: Schema) =>
  applyDecorators(
    ApiProduces('application/json', CSV),
    ApiOkResponse({
      description,
      content: { 'application/json': { schema: { ...schema } }, [CSV]: { schema: { type: 'string' } } },
    }),
  );
