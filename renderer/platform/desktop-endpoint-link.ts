// The main process has the token and the line; the page asks it by name.

import { CONTRACT, replySchema, type HostBridge } from '#shared/ipc/contract.ts';
import { InvariantError } from '#shared/lib/assert.ts';
import { err, ok } from '#shared/lib/result.ts';
import { readEndpointAddress } from '#shared/sync/endpoint-address.ts';
import { pairingBody } from '#shared/sync/pairing-exchange.ts';
import type { EndpointLink } from './endpoint-link.ts';
import { parseReply } from './parse-reply.ts';

const REPLIES = {
  find: replySchema(CONTRACT.endpointFind.response),
  hush: replySchema(CONTRACT.endpointHush.response),
  news: replySchema(CONTRACT.endpointNews.response),
  pair: replySchema(CONTRACT.endpointPair.response),
  send: replySchema(CONTRACT.endpointSend.response),
  shopKey: replySchema(CONTRACT.endpointShopKey.response),
  unpair: replySchema(CONTRACT.endpointUnpair.response),
};

export function createDesktopEndpointLink(bridge: HostBridge): EndpointLink {
  return {
    async find() {
      const reply = parseReply(REPLIES.find, await bridge.endpointFind({}));
      return reply.ok ? reply.value.paired : undefined;
    },
    async pair(request) {
      const { till, name, shop, app, shopKey } = request;
      const address = readEndpointAddress(request.address);
      if (address === undefined) return err({ code: 'bad-address' });
      // What no endpoint gave out would not fit the contract with the main process either.
      if (!pairingBody(request).ok) return err({ code: 'bad-code' });
      const code = request.code.trim();
      const reply = parseReply(
        REPLIES.pair,
        await bridge.endpointPair({
          address,
          code,
          till,
          name,
          app,
          shopKey,
          ...(shop === undefined ? {} : { shop }),
        }),
      );
      if (!reply.ok) return err({ code: 'not-kept' });
      const outcome = reply.value;
      if (outcome.kind === 'failed') return err({ code: outcome.code });
      return ok({ address: outcome.address, shop: outcome.shop });
    },
    async unpair({ forgetsKey } = { forgetsKey: false }) {
      const reply = parseReply(REPLIES.unpair, await bridge.endpointUnpair({ forgetsKey }));
      // The token is still there: nobody may be told otherwise.
      if (!reply.ok)
        throw new InvariantError(`the main process refused endpoint:unpair: ${reply.error.code}`);
    },
    async send(request) {
      const raw = await orGone(bridge.endpointSend(request));
      if (raw === GONE) return { kind: 'failed', because: 'network' };
      const reply = parseReply(REPLIES.send, raw);
      if (reply.ok) return reply.value;
      if (reply.error.code === 'failed') return { kind: 'failed', because: 'network' };
      throw new InvariantError(`the main process refused endpoint:send: ${reply.error.code}`);
    },
    listen({ news, end }) {
      let isStopped = false;
      void askForNews(
        bridge,
        (text) => isStopped || news(text),
        () => isStopped,
      ).then(() => isStopped || end());
      return () => {
        if (isStopped) return;
        isStopped = true;
        void orGone(bridge.endpointHush({}));
      };
    },
    async readShopKey() {
      const reply = parseReply(REPLIES.shopKey, await bridge.endpointShopKey({}));
      return reply.ok ? reply.value.shopKey : undefined;
    },
    async findKeptKey(shop) {
      const reply = parseReply(REPLIES.shopKey, await bridge.endpointShopKey({ keptFor: shop }));
      return reply.ok ? reply.value.shopKey : undefined;
    },
  };
}

const GONE = Symbol('the question got lost');

/** A main process that is ending answers nothing; no request of ours has to end in more than that. */
async function orGone<Reply>(asked: Promise<Reply>): Promise<Reply | typeof GONE> {
  try {
    return await asked;
  } catch {
    return GONE;
  }
}

/** Until the feed is over or nobody listens any more. */
async function askForNews(
  bridge: HostBridge,
  news: (text: string) => void,
  isStopped: () => boolean,
): Promise<void> {
  let after = 0;
  while (!isStopped()) {
    const raw = await orGone(bridge.endpointNews({ after }));
    if (raw === GONE) return;
    const reply = parseReply(REPLIES.news, raw);
    if (!reply.ok) return;
    reply.value.texts.forEach(news);
    if (!reply.value.isOpen) return;
    after = reply.value.at;
  }
}
