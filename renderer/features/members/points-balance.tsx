import { Check } from 'lucide-react';
import { isStampProgram, type ProgramDefinition, type Reward } from '#shared/domain/program.ts';
import type { PointsView } from '#shared/domain/rewards.ts';
import { Progress } from '#renderer/ui/progress.tsx';
import { stampIcons } from '#renderer/ui/stamp-icon.ts';
import styles from './program-card.module.css';
import type { Words } from './use-words.ts';

/** How many points, how far it is to the next reward, and what they buy. */
export function PointsBalance({ view, words }: { readonly view: PointsView; readonly words: Words }) {
  const { t, program, quote } = words;
  const { definition, points, next, countsUnits } = view;
  const Icon = stampIcons[definition.unit.icon];
  const prices = listPrices(definition);
  if (!countsUnits) return null;
  return (
    <div className={styles['balance']}>
      <div className={styles['head']}>
        <span aria-hidden className={styles['medallion']}>
          <Icon />
        </span>
        <p className={styles['points']}>
          <bdi>{program.units(definition, points)}</bdi>
        </p>
      </div>
      {next ? (
        <Progress
          label={t('members:program.left', {
            units: program.units(definition, next.left),
            reward: quote(next.name),
          })}
          value={points}
          maxValue={next.at}
          valueText={program.units(definition, next.at)}
          tone="reward"
        />
      ) : null}
      {next || prices.length === 0 ? null : (
        <p className={styles['hint']}>{t('members:program.enoughForAll')}</p>
      )}
      {prices.length === 0 ? null : (
        <ul className={styles['prices']} aria-label={t('members:program.prices')}>
          {prices.map((reward) => (
            <li key={reward.id} className={styles['price']} data-reached={reward.at <= points || undefined}>
              <span className={styles['priceName']}>
                <bdi>{program.reward(reward, definition)}</bdi>
              </span>
              <span className={styles['priceUnits']}>
                {reward.at <= points ? (
                  <>
                    <Check aria-hidden />
                    <span className="sr-only">{t('members:program.reached')} </span>
                  </>
                ) : null}
                {t(reward.kind === 'chosen-points' ? 'members:program.from' : 'members:program.price', {
                  units: program.units(definition, reward.at),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function listPrices(definition: ProgramDefinition): readonly Reward[] {
  if (isStampProgram(definition)) return [];
  return definition.rewards.filter(({ at }) => at > 0).toSorted((a, b) => a.at - b.at);
}
