import { err, ok, type Result } from '#shared/lib/result.ts';

export type AddressProblem = 'addressMissing' | 'addressBad' | 'addressUnsafe';

/** This very computer, where nobody else listens: the only place for a connection that is not sealed. */
const HERE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The address of an endpoint as a person types it, with or without `https://`.
 * @returns an origin without a path.
 */
export function readAddress(text: string): Result<string, AddressProblem> {
  const typed = text.trim();
  if (typed === '') return err('addressMissing');
  const url = parse(/^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : withScheme(typed));
  if (!url || url.username !== '' || url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return err('addressBad');
  }
  if (url.protocol === 'https:') return ok(url.origin);
  if (url.protocol !== 'http:') return err('addressBad');
  return HERE.has(url.hostname) ? ok(url.origin) : err('addressUnsafe');
}

function withScheme(typed: string): string {
  const isHere = HERE.has(parse(`http://${typed}`)?.hostname ?? '');
  return `${isHere ? 'http' : 'https'}://${typed}`;
}

const parse = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
