import type { ErrorCode } from '#shared/sync/wire.ts';

const STATUS = {
  'bad-request': 400,
  'not-json': 400,
  'not-signed-in': 401,
  revoked: 403,
  'other-till': 403,
  'bad-code': 403,
  'unknown-till': 404,
  'not-found': 404,
  'other-shop': 409,
  'other-epoch': 409,
  'too-large': 413,
  'bad-encoding': 415,
  'app-too-old': 426,
  'too-many-requests': 429,
  internal: 500,
  stopping: 503,
} as const satisfies Readonly<Record<ErrorCode, number>>;

/** A request that can't be answered as asked. Its message is for a person who reads a log and never repeats the request. */
export class Problem extends Error {
  readonly code: ErrorCode;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, retryAfterSeconds?: number) {
    super(message);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get status(): (typeof STATUS)[ErrorCode] {
    return STATUS[this.code];
  }
}
