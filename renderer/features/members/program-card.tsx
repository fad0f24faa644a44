import { PencilRuler } from 'lucide-react';
import type { PlainDay } from '#shared/lib/brand.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { CardView, ProgramView } from '#shared/domain/rewards.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { StampRow } from '#renderer/ui/stamp-row.tsx';
import { BadgeShelf } from './badge-shelf.tsx';
import { PointsBalance } from './points-balance.tsx';
import styles from './program-card.module.css';
import { StandingList } from './standing-list.tsx';
import type { Words } from './use-words.ts';

interface ProgramCardProps {
  readonly view: ProgramView;
  readonly state: MemberState;
  readonly birthday: PlainDay | null;
  readonly day: PlainDay;
  readonly words: Words;
  /** Absent for somebody who was forgotten: only figures are left. */
  readonly onCorrect: ((program: string) => void) | undefined;
}

/** One program as the member would like to see it: what is there, what comes next, what was achieved. */
export function ProgramCard({ view, state, birthday, day, words, onCorrect }: ProgramCardProps) {
  const { t } = words;
  const { definition } = view;
  return (
    <Card
      title={definition.name}
      actions={
        !onCorrect || (view.kind === 'points' && !view.countsUnits) ? undefined : (
          <Button variant="quiet" icon={PencilRuler} onPress={() => onCorrect(view.program)}>
            {t(`members:program.correct.${view.kind}`)}
          </Button>
        )
      }
    >
      {view.kind === 'stamps' ? (
        <StampBalance view={view} isOver={!onCorrect} words={words} />
      ) : (
        <PointsBalance view={view} words={words} />
      )}
      {onCorrect ? (
        <StandingList view={view} state={state} birthday={birthday} day={day} words={words} />
      ) : null}
      <BadgeShelf definition={definition} state={state} day={day} words={words} />
    </Card>
  );
}

interface StampBalanceProps {
  readonly view: CardView;
  /** Nothing more comes, and nothing is promised. */
  readonly isOver: boolean;
  readonly words: Words;
}

function StampBalance({ view, isOver, words }: StampBalanceProps) {
  const { t, format, program, quote } = words;
  const { definition, stamps, size, marks, next, fullCards, isOldVersion } = view;
  const final = marks.at(-1)?.name ?? '';
  return (
    <div className={styles['balance']}>
      <div className={styles['head']}>
        <p className={styles['count']}>
          <bdi>{t('members:program.row', { stamps: format.number(stamps), size: format.number(size) })}</bdi>
        </p>
        {isOldVersion ? <Badge tone="info">{t('members:program.oldVersion')}</Badge> : null}
      </div>
      <StampRow
        total={size}
        filled={stamps}
        icon={definition.unit.icon}
        marks={marks.map(({ at }) => ({ position: at }))}
        size="md"
        label=""
      />
      {isOver ? null : (
        <p className={styles['hint']}>
          {next
            ? t('members:program.left', {
                units: program.units(definition, next.left),
                reward: quote(next.name),
              })
            : t('members:program.full', { reward: quote(final) })}
          {fullCards > 0
            ? ` · ${t('members:program.fullCards', { count: fullCards, formatted: format.number(fullCards) })}`
            : null}
        </p>
      )}
      {isOldVersion ? <p className={styles['soft']}>{t('members:program.oldVersionText')}</p> : null}
    </div>
  );
}
