// The same two values as shared/lib/app-identity.ts, which plain Node 20 cannot import. A unit test compares them.
// They never change: the browser keeps a shop's data by this address.

export const WEB_HOST = '127.0.0.1';
export const WEB_PORT = 4710;
