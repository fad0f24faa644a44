import type { ImportMember } from '#shared/domain/import/read-row.ts';
import { listCurrentPrograms, type ProgramBook } from '#shared/domain/program.ts';
import type { EventData } from '#shared/ledger/event.ts';
import type { ImportId, MemberId } from '#shared/lib/brand.ts';
import type { BulkItem, SliceReads } from '../bulk-append.ts';
import { nobodyBefore, type Before } from '../event-rows.ts';
import { bringsAnything } from './brought-totals.ts';
import { holderOf } from './find-holders.ts';
import type { ImportRequest } from './import-job.ts';
import type { ImportDeps } from './import-work.ts';
import type { MemberOfRow, RowSorter } from './sort-rows.ts';

/** What the rows of a slice become: an event for each, and what is counted and refused of them. */

export interface SliceOutcome {
  readonly items: readonly BulkItem[];
  readonly enrolled: number;
  readonly credited: number;
  readonly kinds: readonly ('fresh' | 'known')[];
  readonly refused: readonly Parameters<RowSorter['refuse']>[0][];
}

/** @param request.reads absent: certainly nobody of these rows is here. */
export async function planSlice(request: {
  readonly deps: Pick<ImportDeps, 'ids' | 'staff'>;
  readonly rows: readonly MemberOfRow[];
  readonly id: ImportId;
  readonly existing: ImportRequest['existing'];
  readonly programs: ProgramBook;
  readonly reads: SliceReads | undefined;
}): Promise<SliceOutcome> {
  const { deps, rows, reads, existing } = request;
  const versions = new Map(listCurrentPrograms(request.programs).map(({ id, version }) => [id, version]));
  const staff = deps.staff();
  const found = reads ? await Promise.all(rows.map((row) => findBefore(reads, row, existing))) : undefined;
  const items: BulkItem[] = [];
  const kinds: ('fresh' | 'known')[] = [];
  const refused: Parameters<RowSorter['refuse']>[0][] = [];
  let enrolled = 0;
  for (const [index, { line, member }] of rows.entries()) {
    const holder = found?.[index] ?? NOBODY;
    if (holder.kind === 'card-taken') {
      refused.push({ line, code: 'card-taken', text: member.profile.card ?? '' });
      continue;
    }
    const opening = { ...openingOf(member, versions), import: request.id };
    if (holder.kind === 'nobody') {
      const id = deps.ids.memberId();
      kinds.push('fresh');
      enrolled += 1;
      items.push({
        member: id,
        before: nobodyBefore(id),
        profile: member.profile,
        draft: {
          id: deps.ids.eventId(),
          member: id,
          staff,
          type: 'enrolment',
          data: { by: 'import', visit: 0, ...opening },
        },
      });
      continue;
    }
    kinds.push('known');
    if (!holder.before || isEmpty(opening)) continue;
    items.push({
      member: holder.member,
      before: holder.before,
      draft: {
        id: deps.ids.eventId(),
        member: holder.member,
        staff,
        type: 'opening',
        data: opening,
      },
    });
  }
  return { items, enrolled, credited: items.length - enrolled, kinds, refused };
}

/** Everything of one row, in whatever many programs, for one event. */
function openingOf(
  { balances, standings }: ImportMember,
  versions: ReadonlyMap<string, number>,
): Pick<EventData<'opening'>, 'grants' | 'standings'> {
  const grants = balances.flatMap(({ program, units }) => {
    const version = versions.get(program);
    return version === undefined ? [] : [{ program, version, rule: 'opening', units }];
  });
  return standings.length === 0 ? { grants } : { grants, standings: [...standings] };
}

const isEmpty = ({ grants, standings }: ReturnType<typeof openingOf>): boolean =>
  grants.length === 0 && standings === undefined;

const NOBODY = { kind: 'nobody' } as const;

type FoundHolder =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'card-taken' }
  | { readonly kind: 'known'; readonly member: MemberId; readonly before: Before | undefined };

async function findBefore(
  reads: SliceReads,
  { member }: MemberOfRow,
  existing: ImportRequest['existing'],
): Promise<FoundHolder> {
  const { profile } = member;
  const [byPhone, byCard] = await Promise.all([
    profile.phone === null ? undefined : reads.phoneOwner(profile.phone),
    profile.card === null ? undefined : reads.cardOwner(profile.card),
  ]);
  const holder = holderOf(profile, { byPhone, byCard });
  if (holder.kind !== 'known') return holder;
  const isCredited = existing === 'add' && bringsAnything(member);
  return { ...holder, before: isCredited ? await reads.before(holder.member) : undefined };
}
