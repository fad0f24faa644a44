import { expect, test } from 'vitest';
import { isTlsFault } from './tls-fault.ts';

const failure = (code: string) => Object.assign(new Error('injected'), { code });

test.each([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'EPROTO',
])('%s is about who answers', (code) => expect(isTlsFault(failure(code))).toBe(true));

test.each(['ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'ABORT_ERR'])(
  '%s is about the line',
  (code) => expect(isTlsFault(failure(code))).toBe(false),
);
