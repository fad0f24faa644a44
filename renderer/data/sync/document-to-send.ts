import { EMPTY_PROFILE, type Profile } from '#shared/domain/profile.ts';
import type { ErasedRow, UnsentProfileRow } from '../rows.ts';
import type { ProfileToSend } from './sync-store.ts';

/** What stands behind a row that waits; undefined: nothing (any more). */
export function documentToSend(
  { member, emptied }: UnsentProfileRow,
  here: { readonly profile: Profile | undefined; readonly erased: ErasedRow | undefined },
): ProfileToSend | undefined {
  if (here.erased) return { kind: 'erased', ...here.erased };
  // An enrolment that was taken back took its document along: the others must hear of that too.
  const profile =
    here.profile ?? (emptied === undefined ? undefined : { ...EMPTY_PROFILE, member, hlc: emptied });
  return profile && { kind: 'profile', profile };
}
