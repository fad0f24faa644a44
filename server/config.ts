import { parseArgs } from 'node:util';
import { WEB_HOST, WEB_PORT } from '#shared/lib/app-identity.ts';

/** How the endpoint was asked to run: by its command line and the environment. docs/endpoint.md lists all of it. */

export interface Config {
  readonly words: readonly string[];
  readonly shop: string | undefined;
  /** A list of erased members, for a restore. */
  readonly erased: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  readonly origins: readonly string[];
  readonly minApp: string;
  readonly metricsToken: string | undefined;
  /** How many proxies in front of us add themselves to `X-Forwarded-For`. */
  readonly proxies: number;
}

export class ConfigError extends Error {}

const DEFAULT_PORT = 4720;

export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Config {
  const { values, positionals } = parse(args);
  const list = (text: string) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  return {
    words: positionals,
    shop: values.shop,
    erased: values.erased,
    databaseUrl: env['DATABASE_URL'] === '' ? undefined : env['DATABASE_URL'],
    folder: values.folder ?? env['ENDPOINT_FOLDER'] ?? 'endpoint-data',
    host: values.host ?? env['HOST'] ?? '127.0.0.1',
    port: whole('PORT', values.port ?? env['PORT'] ?? String(DEFAULT_PORT), 65_535),
    origins: list(env['CORS_ORIGINS'] ?? `http://${WEB_HOST}:${WEB_PORT}`),
    minApp: env['MIN_APP'] ?? '0.0.0',
    metricsToken: env['METRICS_TOKEN'] === '' ? undefined : env['METRICS_TOKEN'],
    proxies: whole('TRUSTED_PROXIES', env['TRUSTED_PROXIES'] ?? '0', 10),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { folder: text, host: text, port: text, shop: text, erased: text },
    });
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function whole(name: string, text: string, most: number): number {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  throw new ConfigError(`${name} takes a whole number up to ${most}.`);
}
