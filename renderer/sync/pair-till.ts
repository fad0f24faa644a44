import type { EndpointLink, PairedEndpoint, PairFailure } from '#renderer/platform/endpoint-link.ts';
import { encodeBase64 } from '#shared/lib/base64.ts';
import type { ShopId } from '#shared/lib/brand.ts';
import type { Clock } from '#shared/lib/ports.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { parseInvitation, SHOP_KEY_BYTES } from '#shared/sync/invitation.ts';
import { listTills } from './ask-endpoint.ts';
import type { PairingForm } from './sync-desk.ts';

/** How a till gets its endpoint, and a new till its shop. */

export interface PairingParts {
  readonly link: Pick<EndpointLink, 'pair' | 'unpair' | 'find' | 'findKeptKey' | 'readShopKey' | 'send'>;
  readonly identity: { readonly shop: string; readonly till: string };
  readonly app: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly isLedgerEmpty: () => Promise<boolean>;
  /** False: something was written meanwhile. */
  readonly joinShop: (shop: ShopId) => Promise<boolean>;
}

export interface Paired {
  readonly endpoint: PairedEndpoint;
  /** The till is of another shop than before: every window starts anew. */
  readonly isNewShop: boolean;
}

/** `needs-invitation`: other tills of the shop have its key, this one doesn't, and a second one could not read what they sealed. */
export type PairingFailure = PairFailure | { readonly code: 'bad-invitation' | 'needs-invitation' };

export async function pairTill(
  parts: PairingParts,
  form: PairingForm,
): Promise<Result<Paired, PairingFailure>> {
  const { link, identity, app } = parts;
  const till = { till: identity.till, name: form.name, app };
  if (form.kind === 'first') {
    // The first till of a shop makes its key, and gives the endpoint the id of its shop. The key then stays with the ledger.
    const kept = await link.findKeptKey(identity.shop);
    const shopKey = kept ?? encodeBase64(parts.randomBytes(SHOP_KEY_BYTES));
    const { address, code } = form;
    const paired = await link.pair({ ...till, address, code, shop: identity.shop, shopKey });
    if (!paired.ok) return paired;
    const alone = kept === undefined ? await expectAlone(parts) : ok(undefined);
    if (alone.ok) return ok({ endpoint: paired.value, isNewShop: false });
    await link.unpair({ forgetsKey: true }).catch(() => undefined);
    return alone;
  }
  const invitation = parseInvitation(form.invitation);
  if (!invitation) return err({ code: 'bad-invitation' });
  const { address, code, key: shopKey } = invitation;
  // What was written can't change its shop: such a till comes back to its own, or not at all.
  const isEmpty = await parts.isLedgerEmpty();
  const shop = isEmpty ? {} : { shop: identity.shop };
  const paired = await link.pair({ ...till, address, code, shopKey, ...shop });
  if (!paired.ok) return paired;
  const endpoint = paired.value;
  if (endpoint.shop === identity.shop) return ok({ endpoint, isNewShop: false });
  if (isEmpty && (await parts.joinShop(endpoint.shop as ShopId))) return ok({ endpoint, isNewShop: true });
  // What can't be removed is of another shop than the ledger, and so is not looked at by any start.
  await link.unpair({ forgetsKey: true }).catch(() => undefined);
  return err({ code: 'other-shop' });
}

/** A key that was just made is the shop's only where nobody else can have another one. */
async function expectAlone({
  link,
  identity,
  clock,
}: PairingParts): Promise<Result<undefined, PairingFailure>> {
  const listed = await listTills(link, clock.now());
  if (!listed.ok) return err({ code: listed.error.code === 'busy' ? 'busy' : 'no-answer' });
  const others = listed.value.filter(({ till, revokedAt }) => till !== identity.till && revokedAt === null);
  return others.length === 0 ? ok(undefined) : err({ code: 'needs-invitation' });
}
