import { assert } from '#shared/lib/assert.ts';
import { err, ok } from '#shared/lib/result.ts';
import { readEndpointAddress } from '#shared/sync/endpoint-address.ts';
import { pairingBody, readPairingReply } from '#shared/sync/pairing-exchange.ts';
import { PAIR_TIMEOUT_MS } from '#shared/sync/transport-limits.ts';
import { fetchReply, followLive } from './endpoint-fetch.ts';
import type { EndpointLink } from './endpoint-link.ts';
import { createSecretsFile, type SecretsFile } from './endpoint-secrets.ts';
import type { FileStorage } from './private-files.ts';

/** A backlog goes out in a dozen requests a second; reading the file for each would cost the browser more than sending does. */
const BELIEVED_MS = 1000;

/** The endpoint over the browser's own requests; the page's content policy says where those may go. */
export function createBrowserEndpointLink(storage: FileStorage | undefined): EndpointLink {
  const secrets = createSecretsFile(storage);
  let lately: { readonly untilMs: number; readonly secrets: ReturnType<SecretsFile['read']> } | undefined;

  function readLately(): ReturnType<SecretsFile['read']> {
    const nowMs = performance.now();
    if (!lately || nowMs >= lately.untilMs)
      lately = { untilMs: nowMs + BELIEVED_MS, secrets: secrets.read() };
    return lately.secrets;
  }

  return {
    async find() {
      const kept = await secrets.read();
      return kept && { address: kept.address, shop: kept.shop };
    },
    async pair(request) {
      const address = readEndpointAddress(request.address);
      if (address === undefined) return err({ code: 'bad-address' });
      const body = pairingBody(request);
      if (!body.ok) return body;
      // Asked first: a code that was redeemed for nothing is gone.
      if (!storage?.getDirectory) return err({ code: 'not-kept' });
      const reply = await fetchReply(
        { address },
        { method: 'POST', path: '/v1/tills', body: body.value, timeoutMs: PAIR_TIMEOUT_MS },
      );
      const paired = readPairingReply(reply, request.shop);
      if (!paired.ok) return paired;
      const { shop, token } = paired.value;
      const isKept = await secrets.write({ address, shop, token, shopKey: request.shopKey });
      lately = undefined;
      return isKept ? ok({ address, shop }) : err({ code: 'not-kept' });
    },
    async unpair({ forgetsKey } = { forgetsKey: false }) {
      await (forgetsKey ? secrets.remove() : secrets.keepKeyOnly());
      lately = undefined;
    },
    async send(request) {
      assert(request.path.startsWith('/v1/'), 'a request is for the endpoint’s own routes');
      const kept = await readLately();
      return kept ? fetchReply(kept, request) : { kind: 'failed', because: 'network' };
    },
    listen({ news, end }) {
      const stop = new AbortController();
      void listen(secrets, stop.signal, news).then(() => stop.signal.aborted || end());
      return () => stop.abort();
    },
    readShopKey: async () => (await secrets.read())?.shopKey,
    async findKeptKey(shop) {
      const kept = await secrets.readKey();
      return kept?.shop === shop ? kept.shopKey : undefined;
    },
  };
}

async function listen(
  secrets: SecretsFile,
  signal: AbortSignal,
  news: (text: string) => void,
): Promise<void> {
  const kept = await secrets.read();
  if (!kept) return;
  for await (const text of followLive(kept, signal)) {
    if (signal.aborted) return;
    news(text);
  }
}
