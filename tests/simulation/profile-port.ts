import type { Profile } from '#shared/domain/profile.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import type { OpenedDoc } from '#shared/sync/take-document.ts';
import type { ProfileDoc } from '#shared/sync/wire.ts';

/** Documents on their way. Sealing is somebody else's test: here a seal is a text that anybody can read. */

export type OpenDoc = OpenedDoc & { readonly member: MemberId; readonly hlc: Hlc };

export interface HeldDoc {
  readonly profile: Profile | undefined;
  readonly erased: Hlc | undefined;
}

export function sealDoc(member: string, { profile, erased }: HeldDoc): ProfileDoc | undefined {
  if (erased !== undefined) return { member, hlc: erased, erased: true };
  if (!profile) return undefined;
  return { member, hlc: profile.hlc, sealed: `${profile.name}=${profile.phone ?? ''}` };
}

export function openDoc(doc: ProfileDoc): OpenDoc {
  const [member, hlc] = [doc.member as MemberId, doc.hlc as Hlc];
  if ('erased' in doc) return { kind: 'erased', member, hlc };
  const [name = '', phone = ''] = doc.sealed.split('=');
  const content = { name, phone: phone === '' ? null : phone, card: null, birthday: null, note: '' };
  return { kind: 'profile', member, hlc, profile: { ...content, member, hlc } as Profile };
}
