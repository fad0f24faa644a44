import { listActiveMerges } from '#shared/domain/merge.ts';
import type { EventId, MemberId, StaffId } from '#shared/lib/brand.ts';
import { err, ok } from '#shared/lib/result.ts';
import type { Ledger } from '#renderer/data/ledger-port.ts';
import { cleanReason, type MemberResult, type MemberFailure } from './members.commands.ts';

/**
 * Who is one person and who is two, and who is forgotten. As with every command, the id was minted when the dialog opened:
 * pressed twice it is said once.
 */

/** Chosen, never typed: what is typed could name the very person. */
export const ERASURE_REASONS = ['asked', 'away', 'mistake'] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

export interface MergeCommands {
  /** From now on both are one card, under the id of whoever was enrolled first. */
  merge(request: {
    readonly id: EventId;
    readonly member: MemberId;
    readonly other: MemberId;
    readonly reason: string;
  }): Promise<MemberResult>;
  /** Two people after all: takes back every merge of these two ids. What each of them earned goes with them. */
  unmerge(request: {
    readonly id: EventId;
    readonly member: MemberId;
    readonly other: MemberId;
    readonly reason: string;
  }): Promise<MemberResult>;
  /** Deletes what is known of the person, under all of their ids, here and at every till; numbers stay. */
  erase(request: {
    readonly id: EventId;
    readonly member: MemberId;
    readonly reason: ErasureReason;
  }): Promise<MemberResult>;
}

export function createMergeCommands(deps: {
  readonly ledger: Ledger;
  readonly staff: () => StaffId;
}): MergeCommands {
  const { ledger, staff } = deps;
  return {
    merge: ({ id, member, other, reason }) =>
      ledger.append<MemberFailure>({
        id,
        member,
        reads: { profile: true, companion: other },
        decide: (view) => {
          const { row, person, companion } = view;
          if (!row || !person) return err({ code: 'member-gone' });
          if (person.members.includes(other)) return err({ code: 'already-one' });
          if (!companion) return err({ code: 'other-gone' });
          // Whoever is the same person would be forgotten with them.
          if (view.erased.size + view.companionErased.size > 0) return err({ code: 'forgotten' });
          if (view.isPastComing) return err({ code: 'past-coming' });
          const text = cleanReason(reason);
          if (text === '') return err({ code: 'no-reason' });
          const data = { other: companion.member, by: 'manager' as const, reason: text };
          return ok({ draft: { id, member: person.canonical, staff: staff(), type: 'merge', data } });
        },
      }),

    unmerge: ({ id, member, other, reason }) =>
      ledger.append<MemberFailure>({
        id,
        member,
        reads: { profile: true, history: true },
        decide: (view) => {
          if (view.isPastComing) return err({ code: 'past-coming' });
          const pair = new Set([member, other]);
          const merges = listActiveMerges(view.history)
            .filter((merge) => pair.has(merge.member) && pair.has(merge.other))
            .map((merge) => merge.id);
          if (merges.length === 0) return err({ code: 'not-one' });
          const text = cleanReason(reason);
          if (text === '') return err({ code: 'no-reason' });
          const data = { other, merges, reason: text };
          return ok({ draft: { id, member, staff: staff(), type: 'unmerge', data } });
        },
      }),

    erase: ({ id, member, reason }) =>
      ledger.append<MemberFailure>({
        id,
        member,
        reads: { profile: true },
        decide: ({ row, person, erased }) => {
          if (!row || !person) return err({ code: 'member-gone' });
          const { canonical, members } = person;
          if (members.every((one) => erased.has(one))) return err({ code: 'forgotten' });
          const also = members.filter((one) => one !== canonical);
          const data = { reason, ...(also.length === 0 ? {} : { also }) };
          return ok({ draft: { id, member: canonical, staff: staff(), type: 'erasure', data } });
        },
      }),
  };
}
