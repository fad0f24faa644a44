import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Problem } from './problem.ts';

const unzip = promisify(gunzip);
/** No event nests this deep; what does would exhaust the stack of whatever walks it. */
const MAX_DEPTH = 100;
const LARGE_BYTES = 64 * 1024;
const QUOTE = 34;
const BACKSLASH = 92;

/** The JSON value of a request, which may be gzipped. Neither form may be larger than `maxBytes`. @throws Problem */
export async function readBody(request: Request, maxBytes: number): Promise<unknown> {
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new Problem('bad-encoding', 'Only gzip is understood.');
  const sent = await readBytes(request, maxBytes);
  const bytes = encoding === 'gzip' ? await unzipped(sent, maxBytes) : sent;
  // Reading it takes a while: whoever waits for a moment only goes first.
  if (bytes.length > LARGE_BYTES) await nextTurn();
  return parse(decode(bytes));
}

async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const parts: Uint8Array[] = [];
  let length = 0;
  // Read piece by piece: a length that was not announced, or announced too small, must not fill the memory.
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function unzipped(bytes: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await unzip(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new Problem('not-json', 'The body is not gzip.');
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('not-json', 'The body is not UTF-8.');
  }
}

function parse(text: string): unknown {
  if (isDeep(text)) throw new Problem('not-json', 'The body is nested too deeply.');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem('not-json', 'The body is not JSON.');
  }
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // `{` and `[` differ from `}` and `]` by two, and from each other by one bit.
    if ((code | 32) === 123) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if ((code | 32) === 125) {
      depth -= 1;
    } else if (code === QUOTE) {
      at = endOfText(text, at);
    }
  }
  return false;
}

/** Where the text that opens at `from` closes. */
function endOfText(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}

const tooLarge = (maxBytes: number) => new Problem('too-large', `At most ${maxBytes} bytes.`);
