/** Longer than any address a person types; the limit keeps a pasted page out. */
const MAX_CHARACTERS = 300;
/** This very computer: nobody on the way who could read along, and an endpoint started there speaks plain http. */
const OWN_COMPUTER = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * What a person typed as the endpoint's address, as its origin; undefined for what a till must not or can't use. Without a
 * scheme it means https, or http on this very computer. Plain http to any other place is refused, never quietly turned
 * into something else.
 */
export function readEndpointAddress(typed: string): string | undefined {
  const text = typed.trim();
  // Of all of these a URL parser makes something: it drops line breaks and takes `\` for `/`.
  if (text.length > MAX_CHARACTERS || /[\s\\\p{Cc}]/u.test(text)) return undefined;
  const url = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? parse(text) : parseWithoutScheme(text);
  if (!url || url.hostname === '') return undefined;
  // An empty query or fragment is left out of `search` and `hash`, but not of the text.
  if (url.username !== '' || url.password !== '' || /[?#@]/.test(text) || url.pathname !== '/')
    return undefined;
  if (url.protocol === 'https:') return url.origin;
  return url.protocol === 'http:' && OWN_COMPUTER.has(url.hostname) ? url.origin : undefined;
}

/** Nobody reaches it from another computer. */
export const isOfThisComputer = (address: string): boolean => {
  const url = parse(address);
  return url !== undefined && OWN_COMPUTER.has(url.hostname);
};

/**
 * Where a request goes: a route of version 1 at this address and nowhere else, whatever dots and slashes a path is made
 * of. Undefined for any other path.
 */
export function endpointUrl(address: string, path: string): URL | undefined {
  const url = parse(address + path);
  return url?.origin === address && url.pathname.startsWith('/v1/') ? url : undefined;
}

function parseWithoutScheme(text: string): URL | undefined {
  const url = parse(`https://${text}`);
  return url && OWN_COMPUTER.has(url.hostname) ? parse(`http://${text}`) : url;
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
