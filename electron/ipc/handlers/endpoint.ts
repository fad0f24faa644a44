// What the page may do with the endpoint. The token goes from the endpoint into the secrets and from there into requests; it
// never reaches the page. The shop key does: the page seals what it sends.

import { err, type Result } from '#shared/lib/result.ts';
import type { IpcRequest, IpcResponse } from '#shared/ipc/contract.ts';
import type { Log } from '#shared/lib/ports.ts';
import { readEndpointAddress } from '#shared/sync/endpoint-address.ts';
import { pairingBody, readPairingReply, type PairFailureCode } from '#shared/sync/pairing-exchange.ts';
import { PAIR_TIMEOUT_MS } from '#shared/sync/transport-limits.ts';
import type { EndpointTransport, LiveListener } from '#electron/services/endpoint-transport.ts';
import type { LiveHold } from '#electron/services/live-hold.ts';
import type { EndpointSecrets, SecretsFile } from '#electron/services/secrets-file.ts';

export interface EndpointDependencies {
  readonly secrets: SecretsFile;
  readonly transport: EndpointTransport;
  readonly log: Log;
}

export async function findEndpoint({
  secrets,
}: Pick<EndpointDependencies, 'secrets'>): Promise<IpcResponse<'endpointFind'>> {
  const kept = await secrets.read();
  return kept ? { paired: { address: kept.address, shop: kept.shop } } : {};
}

export async function pairEndpoint(
  dependencies: EndpointDependencies,
  request: IpcRequest<'endpointPair'>,
): Promise<IpcResponse<'endpointPair'>> {
  const outcome = await redeem(dependencies, request);
  if (!outcome.ok) {
    dependencies.log.error('pairing-failed', { code: outcome.error.code });
    return { kind: 'failed', code: outcome.error.code };
  }
  const { address, shop } = outcome.value;
  if (!(await dependencies.secrets.write(outcome.value))) return { kind: 'failed', code: 'not-kept' };
  dependencies.log.info('paired');
  return { kind: 'paired', address, shop };
}

async function redeem(
  { secrets, transport }: EndpointDependencies,
  request: IpcRequest<'endpointPair'>,
): Promise<Result<EndpointSecrets, { readonly code: PairFailureCode }>> {
  const address = readEndpointAddress(request.address);
  if (address === undefined) return err({ code: 'bad-address' });
  const body = pairingBody(request);
  if (!body.ok) return body;
  if (!(await secrets.canKeep())) return err({ code: 'not-kept' });
  const reply = await transport.request({
    address,
    method: 'POST',
    path: '/v1/tills',
    body: body.value,
    timeoutMs: PAIR_TIMEOUT_MS,
  });
  const paired = readPairingReply(reply, request.shop);
  if (!paired.ok) return paired;
  return { ok: true, value: { address, ...paired.value, shopKey: request.shopKey } };
}

export async function unpairEndpoint(
  { secrets, live }: { readonly secrets: SecretsFile; readonly live: LiveHold },
  { forgetsKey }: IpcRequest<'endpointUnpair'>,
): Promise<IpcResponse<'endpointUnpair'>> {
  live.hush();
  await (forgetsKey ? secrets.remove() : secrets.keepKeyOnly());
  return {};
}

export async function sendToEndpoint(
  { secrets, transport }: EndpointDependencies,
  request: IpcRequest<'endpointSend'>,
): Promise<IpcResponse<'endpointSend'>> {
  const kept = await secrets.read();
  if (!kept) return { kind: 'failed', because: 'network' };
  const { address, token } = kept;
  return transport.request({ address, token, ...request });
}

export async function readShopKey(
  { secrets }: Pick<EndpointDependencies, 'secrets'>,
  { keptFor }: IpcRequest<'endpointShopKey'>,
): Promise<IpcResponse<'endpointShopKey'>> {
  const kept = keptFor === undefined ? await secrets.read() : await secrets.readKey();
  return kept && (keptFor ?? kept.shop) === kept.shop ? { shopKey: kept.shopKey } : {};
}

/** For the live hold: a feed of the endpoint that is paired now. */
export async function openFeed(
  { secrets, transport }: EndpointDependencies,
  on: LiveListener,
): Promise<(() => void) | undefined> {
  const kept = await secrets.read();
  return kept && transport.listen(kept, on);
}
