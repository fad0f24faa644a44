import { Ellipsis, ScrollText, UserRound } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCardCode } from '#shared/domain/card-code.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import { maskPhone } from '#shared/domain/phone-number.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { useToday } from '#renderer/platform/use-today.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { Keycap } from '#renderer/ui/keycap.tsx';
import { listCounterOffers } from './counter-offers.ts';
import { EnterRow } from './enter-row.tsx';
import { GivenBanner } from './given-banner.tsx';
import { ProgramRows } from './program-rows.tsx';
import { FEW, RewardButtons } from './reward-buttons.tsx';
import { StandingLine } from './standing-line.tsx';
import type { Counter } from './use-counter.ts';
import { useLiveState } from './use-live-state.ts';
import { usePlan } from './use-plan.ts';
import { unitsByProgram } from './use-grant-words.ts';
import { usePunchLabel } from './use-punch-label.ts';
import styles from './counter.module.css';

interface MemberPanelProps {
  readonly counter: Counter;
  readonly row: MemberRow;
  readonly state: MemberState;
}

/** Who it is, large enough to be sure, before Enter counts. */
export function MemberPanel({ counter, row, state }: MemberPanelProps) {
  const { t } = useTranslation(['counter', 'common']);
  const programs = usePrograms();
  const day = useToday();
  useLiveState(row.id, counter);
  const plan = usePlan(counter, state);
  const label = usePunchLabel(counter);
  const birthday = counter.background?.member === row.id ? counter.background.birthday : null;
  const offers = useMemo(
    () => (programs ? listCounterOffers(state, programs, { day, birthday }) : []),
    [programs, state, day, birthday],
  );
  const rewards = programs ? <RewardButtons {...{ counter, offers, programs }} /> : null;
  return (
    <section data-testid="match" data-member={row.id} aria-label={row.name || t('common:noName')}>
      <Card padding="lg">
        <div className={styles['head']}>
          <Identity row={row} />
          <HeadActions counter={counter} row={row} />
        </div>
        <GivenBanner counter={counter} member={row.id} />
        {state.needsUpdate ? <p className={styles['note']}>{t('match.needsUpdate')}</p> : null}
        {programs ? (
          <>
            <StandingLine
              {...{ state, programs, day }}
              hasBirthdayGift={offers.some(({ next }) => next.birthdayYear !== undefined)}
            />
            {/* Few stand by Enter; many would push the cards apart, and come first. */}
            {offers.length > FEW ? rewards : null}
            <ProgramRows
              {...{ state, programs, day }}
              pending={plan ? unitsByProgram(plan.grants) : undefined}
            />
            {offers.length > FEW ? null : rewards}
          </>
        ) : null}
        <EnterRow {...{ counter, label, plan }} />
      </Card>
    </section>
  );
}

function HeadActions({ counter, row }: Pick<MemberPanelProps, 'counter' | 'row'>) {
  const { t } = useTranslation('counter');
  const { more } = counter;
  const isPaperOnly = more.every(({ kind }) => kind === 'paper');
  return (
    <div className={styles['headActions']}>
      {more.length === 0 ? null : (
        <Button
          variant="quiet"
          icon={isPaperOnly ? ScrollText : Ellipsis}
          preventFocusOnPress
          hint={<Keycap>/</Keycap>}
          onPress={() => void counter.openMore()}
        >
          {isPaperOnly ? t('action.paper') : t('action.more')}
        </Button>
      )}
      <a className={styles['link']} href={`#/members/${row.id}`}>
        <UserRound aria-hidden />
        {t('match.openMember')}
      </a>
    </div>
  );
}

function Identity({ row }: { readonly row: MemberRow }) {
  const { t } = useTranslation(['counter', 'common']);
  const format = useFormat();
  const { clock } = usePlatform();
  const when = (atMs: number) => format.ago(atMs, clock.now());
  return (
    <header className={styles['identity']}>
      <h2 className={styles['name']}>
        <bdi>{row.name || t('common:noName')}</bdi>
      </h2>
      <p className={styles['facts']}>
        {row.phone === undefined ? null : <bdi className="tabular">{maskPhone(row.phone)}</bdi>}
        {row.card === undefined ? null : <span>{t('match.card', { code: formatCardCode(row.card) })}</span>}
        <span>
          {row.visits === 0 ? t('match.firstVisit') : t('match.lastVisit', { when: when(row.lastVisitAt) })}
        </span>
        {row.visits === 0 ? null : <span>{t('match.visits', { count: row.visits })}</span>}
        {isJustStamped(row, clock.now()) ? <Badge tone="warning">{t('match.justStamped')}</Badge> : null}
      </p>
    </header>
  );
}

/** Two punches so close together are more often a mistake than a second visit. */
const JUST_NOW_MS = 10 * 60 * 1000;

const isJustStamped = ({ visits, lastVisitAt }: MemberRow, nowMs: number): boolean =>
  // Also when the clock was set back a little; what is months ahead is no moment ago.
  visits > 0 && Math.abs(nowMs - lastVisitAt) < JUST_NOW_MS;
