import { memo, useMemo } from 'react';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { listProgramViews, type CardView, type ProgramView } from '#shared/domain/rewards.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import { PointsRow } from './points-row.tsx';
import { StampsRow } from './stamps-row.tsx';
import styles from './program-rows.module.css';

interface ProgramRowsProps {
  readonly state: MemberState;
  readonly programs: ProgramBook;
  readonly day: PlainDay;
  /** Units per program that the next Enter would give, shown as ghosts. */
  readonly pending?: ReadonlyMap<string, number> | undefined;
  /** The state before the last action: what came since is pressed in. */
  readonly before?: MemberState | undefined;
}

export type RowLook = 'only' | 'pair' | 'compact';

/** What one row is told besides its view. */
export interface RowProps {
  /** Units that would come, or have just come. */
  readonly plus: number;
  readonly isPending: boolean;
  readonly look: RowLook;
}

/** More than two would fill the screen with holes: then each is one line. */
const MOST_LARGE = 2;

/** The member's cards and balances, what lapses soon first. */
export const ProgramRows = memo(function ProgramRows({
  state,
  programs,
  day,
  pending,
  before,
}: ProgramRowsProps) {
  const views = useMemo(() => listRows(state, programs, day), [state, programs, day]);
  const earlier = useMemo(() => before && listProgramViews(before, programs, day), [before, programs, day]);
  const look = views.length === 1 ? 'only' : views.length <= MOST_LARGE ? 'pair' : 'compact';
  const shown =
    look === 'compact'
      ? views.filter((view) => holdsAnything(view) || (pending?.get(view.program) ?? 0) > 0)
      : views;
  if (shown.length === 0) return null;
  return (
    <div className={styles['cards']} data-look={look}>
      {shown.map((view) => {
        const old = earlier?.find(({ program }) => program === view.program);
        const isPending = pending !== undefined;
        const plus = pending?.get(view.program) ?? (earlier ? gainOf(view, old) : 0);
        return view.kind === 'stamps' ? (
          <StampsRow
            key={view.program}
            {...{ view, plus, isPending, look }}
            fresh={earlier ? freshStamps(view, old) : 0}
          />
        ) : (
          <PointsRow key={view.program} {...{ view, plus, isPending, look }} />
        );
      })}
    </div>
  );
});

/** A pass or perks alone count nothing: the chips above say what there is to say. */
function listRows(state: MemberState, programs: ProgramBook, day: PlainDay): ProgramView[] {
  return listProgramViews(state, programs, day)
    .filter((view) => view.kind === 'stamps' || view.countsUnits)
    .sort((a, b) => (a.expiring ? 0 : 1) - (b.expiring ? 0 : 1));
}

/** In a long list, what a member has nothing of says nothing. */
const holdsAnything = (view: ProgramView): boolean =>
  view.kind === 'stamps' ? view.stamps > 0 || view.fullCards > 0 : view.points > 0;

/** Stamps on the shown card that were not there before; all of them when it is a new card. */
function freshStamps(view: CardView, before: ProgramView | undefined): number {
  if (before?.kind !== 'stamps') return view.stamps;
  const isSameCard = before.fullCards === view.fullCards && before.stamps < before.size;
  return isSameCard ? Math.max(0, view.stamps - before.stamps) : view.stamps;
}

function gainOf(view: ProgramView, before: ProgramView | undefined): number {
  if (view.kind === 'stamps') return 0;
  return Math.max(0, view.points - (before?.kind === 'points' ? before.points : 0));
}
