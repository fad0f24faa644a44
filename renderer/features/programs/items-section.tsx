import { useTranslation } from 'react-i18next';
import { Plus, Trash2 } from 'lucide-react';
import type { SaleItem } from '#shared/domain/program.ts';
import { Button } from '#renderer/ui/button.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { useEditor } from './editor-context.tsx';
import { NameField, OptionalNameField } from './fields.tsx';
import { OptionalMoneyField } from './money-field.tsx';
import { makeItem } from './new-rules.ts';
import { without } from './program-draft.ts';
import { placeKey } from './program-sections.ts';
import { Problems, textsOf } from './rule-item.tsx';
import { SectionCard } from './section-card.tsx';
import styles from './program-form.module.css';

const MAX_ITEMS = 100;

/** Large buttons at the counter: what is sold, of which category, at which price. */
export function ItemsSection() {
  const { t } = useTranslation('programs');
  const { draft, change, goTo, goToSection } = useEditor();
  const items = draft.items ?? [];
  const set = (next: readonly SaleItem[]) =>
    change(next.length === 0 ? without(draft, 'items') : { ...draft, items: [...next] });
  const add = () => {
    set([...items, makeItem()]);
    goTo({ part: 'items', id: '' });
  };
  return (
    <SectionCard section="items" parts={['items']}>
      <p className={styles['none']}>{t('items.note')}</p>
      <ul className={styles['rules']}>
        {items.map((item, index) => (
          <ItemRow
            // oxlint-disable-next-line react/no-array-index-key -- items have no id: two of one name are told apart by their place only
            key={index}
            item={item}
            onChange={(next) => set(items.map((known, place) => (place === index ? next : known)))}
            onRemove={() => {
              set(items.filter((_, place) => place !== index));
              goToSection('items');
            }}
          />
        ))}
      </ul>
      <div>
        <Button icon={Plus} isDisabled={items.length >= MAX_ITEMS} onPress={add}>
          {t('add.item')}
        </Button>
      </div>
    </SectionCard>
  );
}

interface ItemRowProps {
  readonly item: SaleItem;
  readonly onChange: (item: SaleItem) => void;
  readonly onRemove: () => void;
}

function ItemRow({ item, onChange, onRemove }: ItemRowProps) {
  const { t } = useTranslation('programs');
  const { problemsAt } = useEditor();
  const place = { part: 'items', id: item.name } as const;
  return (
    <li className={styles['rule']} data-place={placeKey(place)}>
      <div className={styles['item']} data-form>
        <NameField
          label={t('items.name')}
          value={item.name}
          onChange={(name) => onChange({ ...item, name })}
        />
        <OptionalNameField
          label={t('items.category')}
          value={item.category}
          onChange={(category) => onChange({ ...item, category })}
        />
        <OptionalMoneyField
          label={t('items.price')}
          value={item.price}
          onChange={(price) => onChange({ ...item, price })}
        />
        <div className={styles['remove']}>
          <IconButton
            icon={Trash2}
            label={t('items.remove', { item: item.name || t('items.nameless') })}
            onPress={onRemove}
          />
        </div>
      </div>
      <Problems
        id={`problems-${placeKey(place)}`}
        texts={textsOf(problemsAt(place).filter(({ isGap }) => !isGap))}
      />
    </li>
  );
}
