import type { IpcHandlers } from '#shared/ipc/contract.ts';
import { createLiveHold } from '#electron/services/live-hold.ts';
import {
  findEndpoint,
  openFeed,
  pairEndpoint,
  readShopKey,
  sendToEndpoint,
  unpairEndpoint,
  type EndpointDependencies,
} from './endpoint.ts';

/** A question for news is answered after 25 s at the latest; a page that asks no more for a minute is gone. */
const LIVE_PATIENCE = { waitMs: 25_000, idleMs: 60_000 };

type EndpointName = Extract<keyof IpcHandlers, `endpoint${string}`>;

/** All that a page may ask about the endpoint; questions for news share one feed. */
export function createEndpointHandlers(endpoint: EndpointDependencies): Pick<IpcHandlers, EndpointName> {
  const live = createLiveHold({ open: (on) => openFeed(endpoint, on), ...LIVE_PATIENCE });
  return {
    endpointFind: () => findEndpoint(endpoint),
    endpointHush: async () => {
      live.hush();
      return {};
    },
    endpointNews: (request) => live.news(request),
    endpointPair: (request) => pairEndpoint(endpoint, request),
    endpointSend: (request) => sendToEndpoint(endpoint, request),
    endpointShopKey: (request) => readShopKey(endpoint, request),
    endpointUnpair: (request) => unpairEndpoint({ secrets: endpoint.secrets, live }, request),
  };
}
