import { Gift, Minus, Plus, ScrollText, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatCardCode } from '#shared/domain/card-code.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import { maskPhone } from '#shared/domain/phone-number.ts';
import { listRewardOffers } from '#shared/domain/rewards.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useFormat } from '#renderer/i18n/format-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Keycap } from '#renderer/ui/keycap.tsx';
import { ProgramRows } from './program-rows.tsx';
import type { Counter } from './use-counter.ts';
import { useLiveState } from './use-live-state.ts';
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
  useLiveState(row.id, counter.see);
  const count = counter.count ?? counter.defaultCount;
  const offers = programs ? listRewardOffers(state, programs) : [];
  return (
    <section data-testid="match" data-member={row.id} aria-label={row.name || t('common:noName')}>
      <Card padding="lg">
        <div className={styles['head']}>
          <Identity row={row} />
          <div className={styles['headActions']}>
            <Button
              variant="quiet"
              icon={ScrollText}
              preventFocusOnPress
              hint={<Keycap>/</Keycap>}
              onPress={() => void counter.openPaper()}
            >
              {t('action.paper')}
            </Button>
            <a className={styles['link']} href={`#/members/${row.id}`}>
              <UserRound aria-hidden />
              {t('match.openMember')}
            </a>
          </div>
        </div>
        {state.needsUpdate ? <p className={styles['note']}>{t('match.needsUpdate')}</p> : null}
        {programs ? <ProgramRows state={state} programs={programs} pending={count} /> : null}
        {offers.length === 0 ? null : (
          <div className={styles['rewards']}>
            {offers.map(({ next, count: times }, index) => (
              <Button
                key={`${next.program} ${next.reward.id} ${next.reward.name}`}
                variant="reward"
                size="lg"
                icon={Gift}
                preventFocusOnPress
                isDisabled={counter.isBusy}
                hint={<Keycap>{rewardKey(offers.length, index, counter.rewardAt)}</Keycap>}
                onPress={() => void counter.redeem(index)}
              >
                {t('action.redeem', { reward: next.reward.name })}
                {times > 1 ? ` × ${times}` : ''}
              </Button>
            ))}
          </div>
        )}
        <div className={styles['actions']}>
          <div className={styles['stepper']}>
            <IconButton
              icon={Minus}
              size="lg"
              variant="outlined"
              label={t('match.fewer')}
              preventFocusOnPress
              isDisabled={count <= 1}
              onPress={() => counter.setCount(count - 1)}
            />
            <output className={styles['count']} aria-label={t('match.count')}>
              {count}
            </output>
            <IconButton
              icon={Plus}
              size="lg"
              variant="outlined"
              label={t('match.more')}
              preventFocusOnPress
              onPress={() => counter.setCount(count + 1)}
            />
          </div>
          <div className={styles['punch']}>
            <Button
              variant="primary"
              size="xl"
              isFullWidth
              isPending={counter.isBusy}
              preventFocusOnPress
              hint={<Keycap>⏎</Keycap>}
              onPress={() => void counter.act()}
            >
              {t('action.punch', { count })}
            </Button>
          </div>
        </div>
      </Card>
    </section>
  );
}

/** The key that gives this reward now. */
function rewardKey(total: number, index: number, chosen: number | undefined): string {
  if (index === chosen) return '⏎';
  const next = chosen === undefined ? 0 : (chosen + 1) % total;
  return index === next ? '*' : `* ${index + 1}`;
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
  visits > 0 && nowMs - lastVisitAt < JUST_NOW_MS;
