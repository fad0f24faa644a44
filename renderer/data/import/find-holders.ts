import type { MemberId } from '#shared/lib/brand.ts';
import type { ImportMember } from '#shared/domain/import/read-row.ts';

/** Who a row of a file means, among the members who are already here. */
export type Holder =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'known'; readonly member: MemberId }
  /** A new number with somebody else's card: saved, it would take the card away from them. */
  | { readonly kind: 'card-taken' };

export function holderOf(
  { phone }: ImportMember['profile'],
  owners: { readonly byPhone: MemberId | undefined; readonly byCard: MemberId | undefined },
): Holder {
  const { byPhone, byCard } = owners;
  if (byPhone !== undefined) return { kind: 'known', member: byPhone };
  if (byCard === undefined) return { kind: 'nobody' };
  return phone === null ? { kind: 'known', member: byCard } : { kind: 'card-taken' };
}
