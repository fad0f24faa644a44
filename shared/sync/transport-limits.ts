// What a till's way to the endpoint allows, the same on every host.

/** Of a reply's text, after decompression. A full page of a pull is some 5 MB; beyond this something is wrong. */
export const MAX_REPLY_BYTES = 64 * 1024 * 1024;
/** Smaller bodies don't get smaller by compression. */
export const GZIP_FROM_BYTES = 1024;
/** Longer than any request may take; a body of a megabyte over a bad line needs a minute. */
export const MAX_TIMEOUT_MS = 10 * 60 * 1000;
/** To pair: short, a person is waiting. */
export const PAIR_TIMEOUT_MS = 20_000;
/** The endpoint sends at least a beat every 15 s: a feed this silent is dead, whatever the socket believes. */
export const LIVE_SILENCE_MS = 50_000;
