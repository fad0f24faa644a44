import { useTranslation } from 'react-i18next';
import { Plus } from 'lucide-react';
import { MAX_UNITS, type Offer } from '#shared/domain/program.ts';
import { Columns } from '#renderer/ui/columns.tsx';
import { MenuButton } from '#renderer/ui/menu-button.tsx';
import { useEditor } from './editor-context.tsx';
import { CountField, NameField } from './fields.tsx';
import { MoneyField } from './money-field.tsx';
import { makeOffer, OFFER_KINDS } from './new-rules.ts';
import { addRule, listRules, removeRule, setRule } from './program-draft.ts';
import { RuleItem } from './rule-item.tsx';
import { SectionCard } from './section-card.tsx';
import styles from './program-form.module.css';
import { useUnitLabel } from './use-unit-label.ts';

const MAX_MONTHS = 120;

/** What members buy: a membership, or units in advance. */
export function OffersSection() {
  const { t } = useTranslation('programs');
  const { draft, change, goTo, newId } = useEditor();
  const add = (kind: Offer['kind']) => {
    const offer = makeOffer(kind, newId());
    change(addRule(draft, 'offers', offer));
    goTo({ part: 'offers', id: offer.id });
  };
  return (
    <SectionCard section="offers" parts={['offers']}>
      <ul className={styles['rules']}>
        {listRules(draft, 'offers').map((offer) => (
          <RuleItem
            key={offer.id}
            place={{ part: 'offers', id: offer.id }}
            kind={t(`kinds.offer.${offer.kind}.label`)}
            onRemove={() => change(removeRule(draft, 'offers', offer.id))}
          >
            <OfferForm offer={offer} />
          </RuleItem>
        ))}
      </ul>
      <div>
        <MenuButton
          label={t('add.offer')}
          icon={Plus}
          choices={OFFER_KINDS.map((id) => ({
            id,
            label: t(`kinds.offer.${id}.label`),
            note: t(`kinds.offer.${id}.note`),
          }))}
          onChoose={add}
        />
      </div>
    </SectionCard>
  );
}

function OfferForm({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  const unitLabel = useUnitLabel();
  const set = (next: Offer) => change(setRule(draft, 'offers', next));
  return (
    <Columns of="fields">
      <NameField
        label={t('fields.name')}
        placeholder={t(`offers.namePlaceholder.${offer.kind}`)}
        value={offer.name}
        onChange={(name) => set({ ...offer, name })}
      />
      <MoneyField
        label={t('offers.price')}
        value={offer.price}
        onChange={(price) => set({ ...offer, price })}
      />
      {offer.kind === 'pass' ? (
        <CountField
          label={t('offers.months')}
          value={offer.months}
          onChange={(months) => set({ ...offer, months })}
          maximum={MAX_MONTHS}
        />
      ) : (
        <CountField
          label={unitLabel}
          value={offer.units}
          onChange={(units) => set({ ...offer, units })}
          maximum={MAX_UNITS}
        />
      )}
    </Columns>
  );
}
