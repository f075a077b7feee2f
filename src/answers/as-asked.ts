import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { Request, Response } from 'express';

const CSV = 'text/csv';

/** As JSON, or as a table for whom `Accept: text/csv` asks for one. */
export const asAsked = <T extends object>(
  content: T,
  tableOf: (content: T) => string,
  { request, response, file }: { readonly request: Request; readonly response: Response; readonly file: string },
): T | string => {
  response.vary('Accept');
  if (request.accepts(['application/json', CSV]) !== CSV) return content;
  response.type(CSV).attachment(`${file}.csv`);
  return tableOf(content);
};

/** For the description of a route that answers in both shapes; `members` says what the JSON holds. */
export const ApiJsonOrCsv = (description: string, members: Readonly<Record<string, string>>) => {
  const properties = Object.fromEntries(Object.entries(members).map(([name, says]) => [name, { description: says }]));
  return applyDecorators(
    ApiProduces('application/json', CSV),
    ApiOkResponse({
      description,
      content: {
        'application/json': { schema: { type: 'object', properties } },
        [CSV]: { schema: { type: 'string' } },
      },
    }),
  );
};
