const API_OPERATION = 'swagger/apiOperation';

/** The operationId that a route declares for the OpenAPI document. */
export const operationOf = (handler: object): string | undefined =>
  (Reflect.getMetadata(API_OPERATION, handler) as { operationId?: string } | undefined)?.operationId;
