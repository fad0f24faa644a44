import { isIPv6 } from 'node:net';

/** Whom a rate limit is for. Never written to a log: an address is a person's. */
export function clientAddress({
  remote,
  forwarded,
  proxies,
}: {
  readonly remote: string | undefined;
  /** `X-Forwarded-For`: each proxy adds whom it saw, so only our own proxies' entries, from the right, can be believed. */
  readonly forwarded: string | undefined;
  readonly proxies: number;
}): string {
  const hops = (forwarded ?? '').split(',').map((hop) => hop.trim());
  const address = (proxies > 0 ? hops.at(-proxies) : undefined) || (remote ?? '');
  // One customer of an internet provider has a whole network of version 6 addresses.
  if (isIPv6(address) && !address.startsWith('::ffff:')) return address.split(':').slice(0, 4).join(':');
  return address;
}
