import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import { listCardViews, type CardView } from '#shared/domain/rewards.ts';
import { StampRow } from '#renderer/ui/stamp-row.tsx';
import styles from './counter.module.css';

/** Cards up to this size lie in one row, as on paper. */
const ONE_ROW = 10;

interface ProgramRowsProps {
  readonly state: MemberState;
  readonly programs: ProgramBook;
  /** Visits that the next Enter would count; their stamps are shown as ghosts. */
  readonly pending?: number;
  /** The state before the last action: what came since is pressed in. */
  readonly before?: MemberState;
}

/** The member's punch cards, one row of stamps each. */
export const ProgramRows = memo(function ProgramRows({
  state,
  programs,
  pending = 0,
  before,
}: ProgramRowsProps) {
  const views = listCardViews(state, programs);
  const earlier = before && listCardViews(before, programs);
  return (
    <div className={styles['cards']} data-single={views.length === 1 || undefined}>
      {views.map((view) => (
        <ProgramRow
          key={view.program}
          view={view}
          pending={pending}
          fresh={
            earlier
              ? freshStamps(
                  view,
                  earlier.find(({ program }) => program === view.program),
                )
              : 0
          }
          isOnly={views.length === 1}
        />
      ))}
    </div>
  );
});

/** Stamps on the shown card that were not there before; all of them when it is a new card. */
function freshStamps(view: CardView, before: CardView | undefined): number {
  if (!before) return view.stamps;
  const isSameCard = before.fullCards === view.fullCards && before.stamps < before.size;
  return isSameCard ? Math.max(0, view.stamps - before.stamps) : view.stamps;
}

function ProgramRow({
  view,
  pending,
  fresh,
  isOnly,
}: {
  readonly view: CardView;
  readonly pending: number;
  readonly fresh: number;
  readonly isOnly: boolean;
}) {
  const { t } = useTranslation(['counter', 'common']);
  const { definition, stamps, size, next, fullCards } = view;
  const units = definition.earn.reduce((sum, rule) => sum + rule.units, 0);
  const final = view.marks.at(-1)?.name ?? '';
  const row = t('match.row', { stamps, size });
  return (
    <div className={styles['program']}>
      <p className={styles['programTitle']}>
        <strong dir="auto">{definition.name}</strong>
        <span className="tabular" dir="ltr">
          {stamps} / {size}
        </span>
      </p>
      <StampRow
        total={size}
        filled={stamps}
        pending={pending * units}
        fresh={fresh}
        icon={definition.unit.icon}
        size={isOnly ? 'lg' : 'md'}
        {...(size <= ONE_ROW ? { maxPerRow: size } : {})}
        marks={view.marks.map(({ at }) => ({ position: at }))}
        label={row}
      />
      <p className={styles['next']}>
        {next
          ? t('match.toGo', { count: next.left, reward: next.name })
          : t('match.ready', { reward: final })}
        {fullCards > 0 ? ` · ${t('match.fullCards', { count: fullCards })}` : ''}
      </p>
      {view.isOldVersion ? <p className={styles['note']}>{t('match.oldRules')}</p> : null}
    </div>
  );
}
