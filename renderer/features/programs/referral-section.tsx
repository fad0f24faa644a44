import { useTranslation } from 'react-i18next';
import { Plus } from 'lucide-react';
import { MAX_CARD_SIZE, MAX_UNITS, type EarnRule } from '#shared/domain/program.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Columns } from '#renderer/ui/columns.tsx';
import { useEditor } from './editor-context.tsx';
import { CountField, OptionalCountField } from './fields.tsx';
import { makeEarnRule } from './new-rules.ts';
import { addRule, removeRule, setRule } from './program-draft.ts';
import { RuleItem } from './rule-item.tsx';
import { SectionCard } from './section-card.tsx';
import styles from './program-form.module.css';

const MAX_FRIENDS = 1000;

/** Both sides earn when a friend comes for the first time. One rule says it all. */
export function ReferralSection() {
  const { t } = useTranslation('programs');
  const { draft, change, goTo, newId } = useEditor();
  const rules = draft.earn.filter((rule) => rule.kind === 'referral');
  const add = () => {
    const rule = makeEarnRule('referral', newId(), 1);
    change(addRule(draft, 'earn', rule));
    goTo({ part: 'earn', id: rule.id });
  };
  return (
    <SectionCard section="referral" parts={[]}>
      <ul className={styles['rules']}>
        {rules.map((rule) => (
          <RuleItem
            key={rule.id}
            place={{ part: 'earn', id: rule.id }}
            kind={t('kinds.earn.referral.label')}
            onRemove={() => change(removeRule(draft, 'earn', rule.id))}
          >
            <ReferralForm rule={rule} />
          </RuleItem>
        ))}
      </ul>
      {rules.length === 0 ? (
        <div>
          <Button icon={Plus} onPress={add}>
            {t('add.referral')}
          </Button>
        </div>
      ) : null}
    </SectionCard>
  );
}

type ReferralRule = EarnRule & { readonly kind: 'referral' };

function ReferralForm({ rule }: { readonly rule: ReferralRule }) {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  const set = (next: Partial<ReferralRule>) => change(setRule(draft, 'earn', { ...rule, ...next }));
  const most = draft.unit.kind === 'stamps' ? MAX_CARD_SIZE : MAX_UNITS;
  return (
    <Columns of="fields">
      <CountField
        label={t('referral.units')}
        value={rule.units}
        onChange={(units) => set({ units })}
        minimum={0}
        maximum={most}
      />
      <CountField
        label={t('referral.friendUnits')}
        value={rule.friendUnits}
        onChange={(friendUnits) => set({ friendUnits })}
        minimum={0}
        maximum={most}
      />
      <OptionalCountField
        label={t('referral.cap')}
        description={t('fields.optional')}
        value={rule.cap}
        onChange={(cap) => set({ cap })}
        maximum={MAX_FRIENDS}
      />
    </Columns>
  );
}
