import { useTranslation } from 'react-i18next';
import { Plus } from 'lucide-react';
import type { Reward } from '#shared/domain/program.ts';
import { Button } from '#renderer/ui/button.tsx';
import { MenuButton } from '#renderer/ui/menu-button.tsx';
import { useEditor } from './editor-context.tsx';
import { makeBirthdayGift, makeReward, REWARD_KINDS } from './new-rules.ts';
import { addRule, findRewardPlace, removeRule } from './program-draft.ts';
import { RewardForm } from './reward-form.tsx';
import { RuleItem } from './rule-item.tsx';
import { SectionCard } from './section-card.tsx';
import styles from './program-form.module.css';

/** What units are good for. */
export function RewardsSection() {
  const { t } = useTranslation('programs');
  const { draft, change, goTo, newId } = useEditor();
  const kinds = REWARD_KINDS.filter((kind) => draft.unit.kind === 'points' || kind !== 'chosen-points');
  const add = (kind: Reward['kind']) => {
    const reward = makeReward(kind, newId(), findRewardPlace(draft));
    change(addRule(draft, 'rewards', reward));
    goTo({ part: 'rewards', id: reward.id });
  };
  return (
    <SectionCard section="rewards" parts={['rewards']}>
      <RewardList rewards={draft.rewards.filter(({ birthday }) => !birthday)} />
      <div>
        <MenuButton
          label={t('add.reward')}
          icon={Plus}
          choices={kinds.map((id) => ({
            id,
            label: t(`kinds.reward.${id}.label`),
            note: t(`kinds.reward.${id}.note`),
          }))}
          onChoose={add}
        />
      </div>
    </SectionCard>
  );
}

/** Gifts that a birthday gives, not units. */
export function BirthdaySection() {
  const { t } = useTranslation('programs');
  const { draft, change, goTo, newId } = useEditor();
  const add = () => {
    const gift = makeBirthdayGift(newId());
    change(addRule(draft, 'rewards', gift));
    goTo({ part: 'rewards', id: gift.id });
  };
  return (
    <SectionCard section="birthday" parts={[]}>
      <RewardList rewards={draft.rewards.filter(({ birthday }) => birthday)} />
      <div>
        <Button icon={Plus} onPress={add}>
          {t('add.birthday')}
        </Button>
      </div>
    </SectionCard>
  );
}

function RewardList({ rewards }: { readonly rewards: readonly Reward[] }) {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  if (rewards.length === 0) return <p className={styles['none']}>{t('rule.none')}</p>;
  return (
    <ul className={styles['rules']}>
      {rewards.map((reward) => (
        <RuleItem
          key={reward.id}
          place={{ part: 'rewards', id: reward.id }}
          kind={t(`kinds.reward.${reward.kind}.label`)}
          onRemove={() => change(removeRule(draft, 'rewards', reward.id))}
        >
          <RewardForm reward={reward} />
        </RuleItem>
      ))}
    </ul>
  );
}
