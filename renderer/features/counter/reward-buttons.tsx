import { CakeSlice, Gift, HeartHandshake, Percent } from 'lucide-react';
import type { RewardOffer } from '#shared/domain/rewards.ts';
import { findProgram, type ProgramBook } from '#shared/domain/program.ts';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Keycap } from '#renderer/ui/keycap.tsx';
import { useTranslation } from 'react-i18next';
import { isPerk, offerKey } from './counter-offers.ts';
import type { Counter } from './use-counter.ts';
import styles from './counter.module.css';

interface RewardButtonsProps {
  readonly counter: Counter;
  readonly offers: readonly RewardOffer[];
  readonly programs: ProgramBook;
}

/** More of them are drawn smaller and said shorter: an offer is never forced. */
export const FEW = 2;

/** Ready rewards, offered and never forced. */
export function RewardButtons({ counter, offers, programs }: RewardButtonsProps) {
  const { t } = useTranslation('counter');
  const words = useProgramWords();
  if (offers.length === 0) return null;
  const isMany = offers.length > FEW;
  const chosen = offers.findIndex((offer) => offerKey(offer) === counter.rewardAt);
  return (
    <div className={styles['rewards']} data-testid="rewards">
      {offers.map((offer, index) => {
        const { next, count } = offer;
        const definition = findProgram(programs, next.program, next.version);
        // Chosen points are asked about in a dialog, which says what they are worth.
        const isPlain = isMany && next.reward.kind === 'chosen-points';
        const reward = definition && !isPlain ? words.reward(next.reward, definition) : next.reward.name;
        return (
          <Button
            key={offerKey(offer)}
            variant={isPerk(offer) ? 'secondary' : 'reward'}
            size={isMany ? 'md' : 'lg'}
            icon={iconOf(offer)}
            preventFocusOnPress
            isDisabled={counter.isBusy}
            hint={<Keycap>{rewardKey(offers.length, index, chosen)}</Keycap>}
            onPress={() => void counter.redeem(offerKey(offer))}
          >
            {isMany ? (
              <Short whole={t('action.redeem', { reward })} shown={reward} />
            ) : (
              t('action.redeem', { reward })
            )}
            {count > 1 ? ` × ${count}` : ''}
          </Button>
        );
      })}
    </div>
  );
}

/** Said in full, drawn without the word that is the same on every button. */
function Short({ whole, shown }: { readonly whole: string; readonly shown: string }) {
  return (
    <>
      <span className="sr-only">{whole}</span>
      <span aria-hidden>{shown}</span>
    </>
  );
}

function iconOf({ next }: RewardOffer) {
  if (next.birthdayYear !== undefined) return CakeSlice;
  if (next.reward.kind === 'donation') return HeartHandshake;
  return next.reward.kind === 'percent-off' ? Percent : Gift;
}

/** The key that gives this reward now. @param chosen -1: none yet. */
function rewardKey(total: number, index: number, chosen: number): string {
  if (index === chosen) return '⏎';
  const next = (chosen + 1) % total;
  return index === next ? '*' : `* ${index + 1}`;
}
