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
  if (isIPv6(address) && !/^::ffff:/i.test(address)) return networkOf(address);
  return address;
}

/** The first 64 bits. `::` stands for as many zeros as are missing. */
function networkOf(address: string): string {
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [head = '', tail] = address.split('::');
  const [before, after] = [groups(head), groups(tail ?? '')];
  // An address of version 4 at the end takes the room of two.
  const room = 8 - before.length - after.length - (address.includes('.') ? 1 : 0);
  const zeros = tail === undefined ? [] : Array.from({ length: room }, () => '0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
