import { maskPhone } from '#shared/domain/phone-number.ts';
import type { ProfileContent } from '#shared/domain/profile.ts';
import type { Words } from './use-words.ts';

/** A person in a few words, the number masked: `Anna · ••• 5678`. */
export function shortNameOf({ name, phone }: Pick<ProfileContent, 'name' | 'phone'>, { t }: Words): string {
  const number = phone === null ? t('members:memberships.noNumber') : `\u2066${maskPhone(phone)}\u2069`;
  return name === '' ? number : `\u2068${name}\u2069 · ${number}`;
}
