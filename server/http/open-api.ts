import * as z from 'zod/mini';
import { errorSchema, WIRE_VERSION } from '#shared/sync/wire.ts';
import { errorStatusesOf, healthSchema, ROUTES, type Route } from './routes.ts';

const MEANING: Readonly<Record<number, string>> = {
  400: 'The request is not what this route takes.',
  401: 'No token, or one that is not known.',
  403: 'Not allowed: the till was revoked, the code is not valid, or the token is of another till.',
  404: 'No such thing.',
  409: 'It belongs to another shop, or the endpoint was restored since the till’s last hello.',
  413: 'Too large.',
  415: 'An encoding other than gzip.',
  426: 'The app is too old for this endpoint.',
  429: 'Too many requests; `Retry-After` says how long to wait.',
  500: 'A fault of the endpoint; the request may be sent again.',
  503: 'The endpoint is stopping or has no store; `Retry-After` says when to come back.',
};

const schemaOf = (schema: z.core.$ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
};

/** The OpenAPI 3.1 document of everything in ROUTES. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(ROUTES)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tenpunch endpoint',
      version: String(WIRE_VERSION),
      description: 'What a till and an endpoint say to each other. The meaning is in docs/endpoint.md.',
    },
    paths,
    components: {
      securitySchemes: {
        till: { type: 'http', scheme: 'bearer' },
        metrics: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Error: schemaOf(errorSchema, 'output') },
    },
  };
}

function operationOf(name: string, route: Route): Record<string, unknown> {
  const error = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  const health = { 'application/json': { schema: schemaOf(healthSchema, 'output') } };
  const errors = errorStatusesOf(route).map((status) => [
    String(status),
    { description: MEANING[status] ?? '', content: status === 503 && name === 'health' ? health : error },
  ]);
  return {
    operationId: name,
    summary: route.summary,
    ...(route.auth === 'none' ? {} : { security: [{ [route.auth === 'metrics' ? 'metrics' : 'till']: [] }] }),
    ...parametersOf(route),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            description: `At most ${route.body.maxBytes} bytes; may be gzipped.`,
            content: { 'application/json': { schema: schemaOf(route.body.schema, 'input') } },
          },
        }
      : {}),
    responses: {
      200: {
        description: 'Done.',
        content: { [route.answer.type]: { schema: schemaOf(route.answer.schema, 'output') } },
      },
      ...Object.fromEntries(errors),
    },
  };
}

function parametersOf(route: Route): Record<string, unknown> {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = route.query ? schemaOf(route.query, 'input') : {};
  const properties = (query['properties'] ?? {}) as Readonly<Record<string, unknown>>;
  const inQuery = Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }));
  const parameters = [...inPath, ...inQuery];
  return parameters.length === 0 ? {} : { parameters };
}
