import type { Profile } from '../domain/profile.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import type { Hlc } from '../lib/hlc.ts';
import type { MemberId } from '../lib/brand.ts';

/**
 * What a document that came from elsewhere does to what a till has of the same person. The endpoint has one version of each,
 * the first that came of two with one stamp and the first tombstone: where a stamp cannot decide, its one holds everywhere.
 *
 *                         no tombstone here                        a tombstone here
 *   a document            the later stamp holds; with one stamp    nothing: an erasure is for ever
 *                         the endpoint's
 *   a tombstone           erases                                   the endpoint's stamp holds
 */

export type OpenedDoc =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | { readonly kind: 'erased'; readonly member: MemberId; readonly hlc: Hlc };

/** `file`: carried here from another till, which may know no more than this one. */
export type DocSource = 'endpoint' | 'file';

export function takeDocument(
  doc: OpenedDoc,
  here: { readonly profile: Profile | undefined; readonly erased: Hlc | undefined },
  from: DocSource,
): 'none' | 'keep' | 'erase' {
  if (doc.kind === 'erased') {
    const isOther = from === 'endpoint' && here.erased !== doc.hlc;
    return here.erased === undefined || isOther ? 'erase' : 'none';
  }
  if (here.erased !== undefined) return 'none';
  const before = here.profile;
  // Stamps are of one length but for the till behind them: the order of their texts is theirs.
  if (!before || doc.profile.hlc > before.hlc) return 'keep';
  const isTie = from === 'endpoint' && doc.profile.hlc === before.hlc;
  return isTie && canonicalJson(doc.profile) !== canonicalJson(before) ? 'keep' : 'none';
}
