import { useTranslation } from 'react-i18next';
import { MAX_CARD_SIZE, UNIT_ICONS } from '#shared/domain/program.ts';
import { Columns } from '#renderer/ui/columns.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import { CurrencyField } from './currency-field.tsx';
import { useEditor } from './editor-context.tsx';
import { CountField, NameField } from './fields.tsx';
import { IconGrid } from './icon-grid.tsx';
import { changed, resizeCard, setUnitKind } from './program-draft.ts';
import { SectionCard } from './section-card.tsx';
import styles from './program-form.module.css';

/** The name, and what members collect. */
export function UnitSection() {
  const { t } = useTranslation('programs');
  const { draft, base, change } = useEditor();
  const { unit } = draft;
  return (
    <SectionCard section="counted" parts={['name', 'unit', 'currency', 'id', 'version', 'isWithdrawn']}>
      <Columns of="fields">
        <NameField
          label={t('card.name')}
          value={draft.name}
          onChange={(name) => change({ ...draft, name })}
        />
        {unit.kind === 'stamps' ? (
          <CountField
            label={t('card.size')}
            value={unit.size}
            onChange={(size) => change(resizeCard(draft, size, base))}
            maximum={MAX_CARD_SIZE}
          />
        ) : null}
      </Columns>
      {base.version === 0 ? <KindField /> : null}
      <IconGrid
        label={t('card.icon')}
        icons={UNIT_ICONS}
        value={unit.icon}
        onChange={(icon) => change({ ...draft, unit: { ...unit, icon } })}
      />
      <Switch
        isSelected={unit.word !== undefined}
        onChange={(hasWord) =>
          change({ ...draft, unit: changed(unit, { word: hasWord ? { one: '', other: '' } : undefined }) })
        }
        description={t('card.hasOwnWordNote')}
      >
        {t('card.hasOwnWord')}
      </Switch>
      {unit.word ? <WordFields word={unit.word} /> : null}
      {draft.currency === undefined ? null : <CurrencyField />}
    </SectionCard>
  );
}

function KindField() {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  return (
    <div className={styles['field']}>
      <span aria-hidden className={styles['label']}>
        {t('card.kind')}
      </span>
      <Segmented
        label={t('card.kind')}
        segments={[
          { id: 'stamps', label: t('card.stamps') },
          { id: 'points', label: t('card.points') },
        ]}
        value={draft.unit.kind}
        onChange={(kind) => change(setUnitKind(draft, kind))}
      />
    </div>
  );
}

function WordFields({ word }: { readonly word: { readonly one: string; readonly other: string } }) {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  const set = (next: { readonly one?: string; readonly other?: string }) =>
    change({ ...draft, unit: { ...draft.unit, word: { ...word, ...next } } });
  return (
    <Columns of="fields">
      <NameField
        label={t('card.wordOne')}
        placeholder={t('card.wordOnePlaceholder')}
        value={word.one}
        onChange={(one) => set({ one })}
      />
      <NameField
        label={t('card.wordOther')}
        placeholder={t('card.wordOtherPlaceholder')}
        value={word.other}
        onChange={(other) => set({ other })}
      />
    </Columns>
  );
}
