import type { MemberRow } from '#renderer/data/rows.ts';
import { formatCardCode } from '#shared/domain/card-code.ts';
import { maskPhone } from '#shared/domain/phone-number.ts';

/** How a member is spoken of: by name, else by what they gave instead. */
export function labelOf({ name, phone, card }: Pick<MemberRow, 'name' | 'phone' | 'card'>): string {
  if (name !== '') return name;
  if (phone !== undefined) return maskPhone(phone);
  return card === undefined ? '' : formatCardCode(card);
}
