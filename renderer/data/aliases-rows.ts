import { foldMember, type OnePerson } from '#shared/domain/fold.ts';
import { findGroups } from '#shared/domain/merge.ts';
import { joinProfiles } from '#shared/domain/merge-profile.ts';
import { lastDigitsOf } from '#shared/domain/phone-number.ts';
import type { ProfileContent } from '#shared/domain/profile.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { isPresent, memberRow } from './projections.ts';
import type { AliasRow, MemberRow } from './rows.ts';

/**
 * Pure: what the rows of some members are, when it may be that several of them are one person. The commit of a merge, a pull
 * and the rebuild all go through here, which is why a rebuild gives equal bytes.
 */
export interface PeopleRows {
  readonly cards: readonly MemberState[];
  readonly members: readonly MemberRow[];
  readonly aliases: readonly AliasRow[];
  /** Who has no card of their own: nothing of theirs counts, or it counts under another id. */
  readonly gone: readonly MemberId[];
  /** Of whom nothing counts any more, under no id. */
  readonly nobody: readonly MemberId[];
  /** Who is not, or no longer, an alias. */
  readonly unaliased: readonly MemberId[];
}

/**
 * @param members no merge leads out of them. @param events all of theirs, in the shop's order.
 * @param profiles the documents of those who have one.
 */
export function rowsOfPeople(request: {
  readonly members: readonly MemberId[];
  readonly events: readonly LedgerEvent[];
  readonly profiles: ReadonlyMap<MemberId, ProfileContent>;
  /** Who was forgotten: whoever is the same person is, too. */
  readonly erased: ReadonlySet<MemberId>;
  readonly programs: ProgramBook;
}): PeopleRows {
  const { events, erased, programs } = request;
  const byMember = Map.groupBy(events, ({ member }) => member);
  const groups = findGroups(events);
  const profiles = new Map(request.profiles);
  for (const { members: ids } of [...groups, ...request.members.map((member) => ({ members: [member] }))]) {
    if (ids.some((member) => erased.has(member))) for (const member of ids) profiles.delete(member);
  }
  const grouped = new Set(groups.flatMap(({ members }) => members));
  const cards: MemberState[] = [];
  const members: MemberRow[] = [];
  const add = (state: MemberState, profile: ProfileContent) => {
    if (!isPresent(state)) return;
    cards.push(state);
    members.push(memberRow(profile, state, programs));
  };
  for (const group of groups) {
    const own = new Set<string | undefined>(group.members);
    const together = events.filter(({ member }) => own.has(member));
    add(
      foldMember(group.canonical, together, programs, undefined, group),
      joinProfiles(group.members.map((member) => profiles.get(member))),
    );
  }
  for (const member of new Set(request.members)) {
    if (grouped.has(member)) continue;
    add(foldMember(member, byMember.get(member) ?? [], programs), joinProfiles([profiles.get(member)]));
  }
  const aliases = groups.flatMap((group) => aliasRowsOf(group, profiles));
  const present = new Set(members.map(({ id }) => id));
  const canonicals = new Map(aliases.map(({ member, canonical }) => [member, canonical]));
  return {
    cards,
    members,
    aliases,
    gone: request.members.filter((member) => !present.has(member)),
    nobody: request.members.filter((member) => !present.has(canonicals.get(member) ?? member)),
    unaliased: request.members.filter((member) => !canonicals.has(member)),
  };
}

function aliasRowsOf(
  { members, withoutJoining }: OnePerson,
  profiles: ReadonlyMap<MemberId, ProfileContent>,
): AliasRow[] {
  const [canonical, ...others] = members;
  if (canonical === undefined) return [];
  return others.map((member, index) => {
    const row = { member, canonical, place: index + 1 };
    return withKeys(withoutJoining.includes(member) ? { ...row, hasNoJoining: true } : row, profiles);
  });
}

/** Keys that are absent are not indexed. */
function withKeys(row: AliasRow, profiles: ReadonlyMap<MemberId, ProfileContent>): AliasRow {
  const { phone = null, card = null } = profiles.get(row.member) ?? {};
  return {
    ...row,
    ...(phone === null ? {} : { phone, last4: lastDigitsOf(phone) }),
    ...(card === null ? {} : { card }),
  };
}
