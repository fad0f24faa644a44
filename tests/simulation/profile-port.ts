import type { Profile } from '#shared/domain/profile.ts';
import type { ProfileDoc } from '#shared/sync/wire.ts';

/** Documents on their way. Sealing is somebody else's test: here a seal is a text that anybody can read. */

export type OpenDoc =
  | { readonly kind: 'profile'; readonly member: string; readonly hlc: string; readonly profile: Profile }
  | { readonly kind: 'erased'; readonly member: string; readonly hlc: string };

export interface HeldDoc {
  readonly profile: Profile | undefined;
  readonly erased: string | undefined;
}

export function sealDoc(member: string, { profile, erased }: HeldDoc): ProfileDoc | undefined {
  if (erased !== undefined) return { member, hlc: erased, erased: true };
  if (!profile) return undefined;
  return { member, hlc: profile.hlc, sealed: `${profile.name}=${profile.phone ?? ''}` };
}

export function openDoc(doc: ProfileDoc): OpenDoc {
  const { member, hlc } = doc;
  if ('erased' in doc) return { kind: 'erased', member, hlc };
  const [name = '', phone = ''] = doc.sealed.split('=');
  const content = { name, phone: phone === '' ? null : phone, card: null, birthday: null, note: '' };
  return { kind: 'profile', member, hlc, profile: { ...content, member, hlc } as Profile };
}

/**
 * What a document does to the one that is here. An erasure is for ever. The endpoint has one version only, so of two that
 * a till and its copy wrote at the very same moment its one holds; a file must be later.
 */
export function takeDoc(
  doc: OpenDoc,
  { profile, erased }: HeldDoc,
  from: 'endpoint' | 'file',
): 'none' | 'keep' | 'erase' {
  if (doc.kind === 'erased') {
    // One tombstone per person: the endpoint's.
    return erased === undefined || (from === 'endpoint' && erased !== doc.hlc) ? 'erase' : 'none';
  }
  if (erased !== undefined) return 'none';
  if (!profile || doc.hlc > profile.hlc) return 'keep';
  return from === 'endpoint' && doc.hlc === profile.hlc ? 'keep' : 'none';
}
