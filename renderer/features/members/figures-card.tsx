import type { MemberState } from '#shared/domain/member-state.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { Card } from '#renderer/ui/card.tsx';
import { DescriptionList } from '#renderer/ui/description-list.tsx';
import type { Words } from './use-words.ts';

interface FiguresCardProps {
  readonly state: MemberState;
  readonly programs: ProgramBook;
  readonly nowMs: number;
  readonly words: Words;
}

/** A member in three figures. */
export function FiguresCard({ state, programs, nowMs, words: { t, format } }: FiguresCardProps) {
  return (
    <Card>
      <DescriptionList
        layout="figures"
        items={[
          { term: t('members:figures.visits'), value: format.number(state.visits), isNumeric: true },
          {
            term: t('members:figures.rewards'),
            value: format.number(countRewards(state, programs)),
            isNumeric: true,
          },
          {
            term: t('members:figures.lastVisit'),
            value: state.lastVisitAt === null ? t('common:never') : format.ago(state.lastVisitAt, nowMs),
          },
        ]}
      />
    </Card>
  );
}

/** Rewards of every kind; the state counts actions beside them. */
function countRewards(state: MemberState, programs: ProgramBook): number {
  let count = 0;
  for (const { program, uses } of state.programs) {
    const versions = programs.get(program) ?? [];
    const rewards = new Set(versions.flatMap((version) => version.rewards.map(({ id }) => id)));
    for (const { id, ever } of uses) if (rewards.has(id)) count += ever;
  }
  return count;
}
