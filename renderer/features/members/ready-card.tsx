import { Gift } from 'lucide-react';
import type { MemberState } from '#shared/domain/member-state.ts';
import { findProgram, type ProgramBook } from '#shared/domain/program.ts';
import { listRewardOffers, type RewardContext, type RewardOffer } from '#shared/domain/rewards.ts';
import { Card } from '#renderer/ui/card.tsx';
import styles from './program-card.module.css';
import type { Words } from './use-words.ts';

interface ReadyCardProps {
  readonly state: MemberState;
  readonly programs: ProgramBook;
  readonly context: RewardContext;
  readonly words: Words;
}

/** What may be taken at the counter today. Nothing, no card. */
export function ReadyCard({ state, programs, context, words }: ReadyCardProps) {
  const { t, format } = words;
  const offers = listRewardOffers(state, programs, context);
  if (offers.length === 0) return null;
  return (
    <Card tone="reward" title={t('members:ready.title')} description={t('members:ready.atCounter')}>
      <ul className={styles['offers']}>
        {offers.map(({ next, count }) => (
          <li key={`${next.program} ${next.reward.id} ${next.version}`} className={styles['offer']}>
            <Gift aria-hidden />
            <div>
              <p className={styles['offerName']}>
                <bdi>{nameOf({ next, count }, programs, words)}</bdi>
              </p>
              {next.maxCost === undefined ? null : (
                <p className={styles['offerNote']}>{rangeOf(next, next.maxCost, programs, words)}</p>
              )}
              {next.until === null ? null : (
                <p className={styles['offerNote']}>
                  {t('members:ready.until', { day: format.day(next.until) })}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function nameOf({ next, count }: RewardOffer, programs: ProgramBook, { t, format, program }: Words): string {
  const definition = findProgram(programs, next.program, next.version);
  const reward = definition ? program.reward(next.reward, definition) : next.reward.name;
  return count > 1 ? t('members:ready.times', { reward, count: format.number(count) }) : reward;
}

function rangeOf(
  { program: id, version, cost }: RewardOffer['next'],
  maxCost: number,
  programs: ProgramBook,
  { t, format, program }: Words,
): string {
  const most = program.units(findProgram(programs, id, version), maxCost);
  return cost === maxCost ? most : t('members:ready.range', { least: format.number(cost), most });
}
