import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry, HistoryFact, UnitSum } from '#shared/domain/history.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { TillId } from '#shared/lib/brand.ts';
import type { Format } from '#renderer/i18n/format.ts';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { EARLIEST_BIRTH_YEAR, type BirthdayProblem } from './birthday.ts';
import { MAX_ADJUSTMENT, type MemberFailure } from './members.commands.ts';

const NAMESPACES = ['members', 'history', 'common'] as const;
export type Translate = TFunction<typeof NAMESPACES>;

/** What this feature says about a member's data, in the language on screen. */
export interface Words {
  readonly t: Translate;
  readonly format: Format;
  /** `3 stamps`, in the shop's own word where it has one. */
  units(count: number, definition: ProgramDefinition | undefined): string;
  /** `+3 stamps · Coffee card` */
  sum(sum: UnitSum): string;
  fact(fact: HistoryFact): string;
  /** Reasons, limits and what else belongs to the entry, a line each. */
  details(entry: HistoryEntry): string[];
  /** Where and by whom. */
  who(entry: HistoryEntry, till: TillId): string;
  failure(failure: MemberFailure): string;
  birthdayProblem(problem: BirthdayProblem): string;
}

export function useWords(): Words {
  const { t } = useTranslation(NAMESPACES);
  const format = useFormat();
  return useMemo(() => createWords(t, format), [t, format]);
}

function createWords(t: Translate, format: Format): Words {
  const units: Words['units'] = (count, definition) => {
    const word = definition?.unit.word;
    return word
      ? t('common:unit.custom', { count, word: count === 1 ? word.one : word.other })
      : t('common:unit.stamp', { count });
  };
  const limitsText = (limits: readonly ('per-visit' | 'per-day' | 'minutes-between')[]) =>
    limits.map((limit) => t(`history:limits.${limit}`)).join(', ');
  return {
    t,
    format,
    units,
    sum: ({ units: count, definition }) =>
      t('history:units', {
        units: `${count < 0 ? '−' : '+'}${units(Math.abs(count), definition)}`,
        program: definition?.name ?? t('history:unknownProgram'),
      }),
    fact: (fact) => factText(fact, t),
    details: ({ what, undone, exceptions }) => {
      const lines: string[] = [];
      if (what.kind === 'adjustment' || what.kind === 'void') {
        if (what.reason) lines.push(t('history:reason', { reason: what.reason }));
      }
      if (what.kind === 'visit' && what.overLimit) {
        const limits = limitsText(what.overLimit.limits);
        const { reason } = what.overLimit;
        lines.push(
          reason === ''
            ? t('history:overLimitPlain', { limits })
            : t('history:overLimit', { limits, reason }),
        );
      }
      if (what.kind === 'unknown') lines.push(t('history:unknownText', { type: what.type }));
      // A visit over the limit has said so above, with its reason.
      for (const kind of exceptions) if (kind !== 'over-limit') lines.push(t(`history:exception.${kind}`));
      if (undone) lines.push(t('history:undone', { when: format.dateTime(undone.at) }));
      return lines;
    },
    who: ({ staff, till, approvedBy }, ownTill) => {
      const isHere = till === ownTill;
      const who =
        staff === UNASSIGNED_STAFF
          ? t(isHere ? 'history:who.thisTill' : 'history:who.otherTill')
          : t(isHere ? 'history:who.staffHere' : 'history:who.staffElsewhere', { staff });
      return approvedBy === undefined ? who : `${who} · ${t('history:who.approved', { staff: approvedBy })}`;
    },
    failure: (failure) => failureText(failure, t),
    birthdayProblem: (problem) =>
      t(`members:birthdayProblem.${problem}`, { year: String(EARLIEST_BIRTH_YEAR) }),
  };
}

function factText(fact: HistoryFact, t: Translate): string {
  switch (fact.kind) {
    case 'enrolment':
      return t(`history:enrolment.${fact.by}`);
    case 'visit':
    case 'paper-card':
    case 'opening':
    case 'adjustment':
    case 'unknown':
      return t(`history:${fact.kind}`);
    case 'redemption':
      return fact.reward === undefined
        ? t('history:redemptionUnknown')
        : t('history:redemption', { reward: fact.reward });
    case 'void':
      return t(`history:void.${voidableOf(fact.target?.type)}`);
    case 'profile':
      return t('history:profile', {
        fields: fact.fields.map((field) => t(`history:fields.${field}`)).join(', '),
      });
  }
}

const VOIDABLE = ['enrolment', 'visit', 'paper-card', 'opening', 'adjustment', 'redemption'] as const;
const voidableOf = (type: string | undefined) => VOIDABLE.find((known) => known === type) ?? 'other';

function failureText(failure: MemberFailure, t: Translate): string {
  switch (failure.code) {
    case 'storage':
      return t(`common:storage.${failure.problem}`);
    case 'undo':
      return t(`members:failure.undo.${failure.refusal}`);
    case 'too-few':
      return t('members:failure.too-few', { count: failure.available });
    case 'no-units':
      return t('members:failure.no-units', { max: MAX_ADJUSTMENT });
    case 'member-gone':
    case 'number-taken':
    case 'card-taken':
    case 'unreachable':
    case 'unchanged':
    case 'bad-birthday':
    case 'no-program':
    case 'no-reason':
      return t(`members:failure.${failure.code}`);
  }
}
