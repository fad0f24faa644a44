import { CARD_CODE_DRAWS, makeCardCode } from '#shared/domain/card-code.ts';
import { balanceOf, findProgramState } from '#shared/domain/member-state.ts';
import { stateOn } from '#shared/domain/fold.ts';
import { cleanName } from '#shared/domain/person-name.ts';
import {
  changedFields,
  MAX_NOTE_LENGTH,
  PROFILE_FIELDS,
  type ProfileContent,
} from '#shared/domain/profile.ts';
import { MAX_UNITS, type ProgramDefinition } from '#shared/domain/program.ts';
import type { Grant } from '#shared/ledger/event.ts';
import type { EventId, MemberId, StaffId } from '#shared/lib/brand.ts';
import type { Ids } from '#shared/lib/ports.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Appended, Ledger, StorageFailure } from '#renderer/data/ledger-port.ts';
import { undoRequest, type UndoFailure } from '#renderer/data/undo-request.ts';
import { findBirthdayProblem } from './birthday.ts';

/**
 * What is changed on a member's own screen. As at the counter, every command takes the event id that was minted when
 * the dialog opened: pressed twice it is one change.
 */

export type MemberFailure =
  | StorageFailure
  | { readonly code: 'member-gone' }
  | { readonly code: 'number-taken'; readonly holder: MemberId }
  | { readonly code: 'card-taken'; readonly holder: MemberId }
  /** Without a number, a card and a name nobody could find the member again. */
  | { readonly code: 'unreachable' }
  | { readonly code: 'unchanged' }
  | { readonly code: 'bad-birthday' }
  | { readonly code: 'no-program' }
  | { readonly code: 'no-reason' }
  | { readonly code: 'no-units'; readonly max: number }
  | { readonly code: 'too-few'; readonly available: number }
  /** The person asked to be forgotten: nothing about them is written any more. */
  | { readonly code: 'forgotten' }
  /** The other one is the same person already. */
  | { readonly code: 'already-one' }
  /** The other one is not here any more. */
  | { readonly code: 'other-gone' }
  /** They were not merged, or are two again. */
  | { readonly code: 'not-one' }
  /** This till has just joined, and what happened before is not all here. */
  | { readonly code: 'past-coming' }
  | UndoFailure;

export type MemberResult = Result<Appended, MemberFailure>;

/** A correction of stamps beyond this is a typing error; the ledger itself would take more. */
const MAX_STAMPS_ADJUSTED = 500;

/** Units of one correction. Points may be a hundred for every coin: their bound is that of every price. */
export const maxAdjustment = (definition: Pick<ProgramDefinition, 'unit'>): number =>
  definition.unit.kind === 'stamps' ? MAX_STAMPS_ADJUSTED : MAX_UNITS;

/** One line that fits the history. */
export const MAX_REASON_LENGTH = 200;

export interface MemberCommands {
  /** Changes what is known about the person; stamps and history stay as they are. */
  edit(request: {
    readonly id: EventId;
    readonly member: MemberId;
    readonly change: Partial<ProfileContent>;
  }): Promise<MemberResult>;
  /** A manual correction of stamps or points, up or down, with the reason for it. Never below zero. */
  adjust(request: {
    readonly id: EventId;
    readonly member: MemberId;
    readonly program: string;
    readonly units: number;
    readonly reason: string;
  }): Promise<MemberResult>;
  /** Takes back `target` by the same cashier within five minutes. */
  undo(request: {
    readonly id: EventId;
    readonly member: MemberId;
    readonly target: EventId;
  }): Promise<MemberResult>;
  newCardCode(): string;
}

export function createMemberCommands(deps: {
  readonly ledger: Ledger;
  readonly ids: Ids;
  readonly staff: () => StaffId;
}): MemberCommands {
  const { ledger, ids, staff } = deps;
  return {
    edit: ({ id, member, change }) =>
      ledger.append<MemberFailure>({
        id,
        member,
        reads: {
          profile: true,
          ...(change.phone == null ? {} : { phone: change.phone }),
          ...(change.card == null ? {} : { card: change.card }),
        },
        decide: (view) => {
          const { row, phoneOwner, cardOwner, erased } = view;
          if (!row) return err({ code: 'member-gone' });
          if (erased.size > 0) return err({ code: 'forgotten' });
          if (phoneOwner !== undefined && phoneOwner !== row.id)
            return err({ code: 'number-taken', holder: phoneOwner });
          if (cardOwner !== undefined && cardOwner !== row.id)
            return err({ code: 'card-taken', holder: cardOwner });
          const before = contentOf(view.profile);
          const profile = cleanProfile({ ...before, ...change });
          const fields = changedFields(before, profile);
          if (fields.length === 0) return err({ code: 'unchanged' });
          if (fields.includes('birthday') && profile.birthday !== null) {
            if (findBirthdayProblem(profile.birthday, view.day)) return err({ code: 'bad-birthday' });
          }
          if (profile.phone === null && profile.card === null && profile.name === '')
            return err({ code: 'unreachable' });
          return ok({ draft: { id, member, staff: staff(), type: 'profile', data: { fields } }, profile });
        },
      }),

    adjust: ({ id, member, program, units, reason }) =>
      ledger.append<MemberFailure>({
        id,
        member,
        reads: { profile: true },
        decide: (view) => {
          if (!view.row) return err({ code: 'member-gone' });
          if (view.erased.size > 0) return err({ code: 'forgotten' });
          const current = view.programs.get(program)?.at(-1);
          if (!current) return err({ code: 'no-program' });
          const text = cleanReason(reason);
          if (text === '') return err({ code: 'no-reason' });
          const max = maxAdjustment(current);
          if (!Number.isInteger(units) || units === 0 || Math.abs(units) > max)
            return err({ code: 'no-units', max });
          // What has expired since the last event can't be taken off.
          const state = findProgramState(stateOn(view.state, view.day, view.programs), program);
          const available = state ? balanceOf(state) : 0;
          if (available + units < 0) return err({ code: 'too-few', available });
          const grant: Grant = { program, version: current.version, rule: 'adjustment', units };
          const data = { grants: [grant], reason: text };
          return ok({ draft: { id, member, staff: staff(), type: 'adjustment', data } });
        },
      }),

    undo: (request) => ledger.append(undoRequest({ ...request, companionId: ids.eventId(), staff: staff() })),

    newCardCode: () => makeCardCode(ids.randomNumbers(CARD_CODE_DRAWS.count, CARD_CODE_DRAWS.below)),
  };
}

/** Only the content: a stored profile also carries the stamp of its own version, which the new one must not inherit. */
function contentOf(profile: ProfileContent): ProfileContent {
  return Object.fromEntries(
    PROFILE_FIELDS.map((field) => [field, profile[field]]),
  ) as unknown as ProfileContent;
}

function cleanProfile(profile: ProfileContent): ProfileContent {
  return { ...profile, name: cleanName(profile.name), note: profile.note.trim().slice(0, MAX_NOTE_LENGTH) };
}

/** One visible line; empty where nothing was said. */
export const cleanReason = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, MAX_REASON_LENGTH);
