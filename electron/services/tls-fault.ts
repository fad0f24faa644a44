import { errorCode } from './error-code.ts';

/** How OpenSSL and BoringSSL name a certificate that doesn't hold; node:tls passes the names on as error codes. */
const CERTIFICATE_FAULTS = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** The other side can't prove who it is, or speaks no TLS at all. A line that broke in the middle of it is none. */
export function isTlsFault(error: unknown): boolean {
  const code = errorCode(error);
  // EPROTO: what answers on that port is no TLS.
  return CERTIFICATE_FAULTS.has(code) || code === 'EPROTO' || /^ERR_(TLS|SSL)_/.test(code);
}
