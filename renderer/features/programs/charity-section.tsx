import { useTranslation } from 'react-i18next';
import { Trash2 } from 'lucide-react';
import { ROUNDINGS, type ProgramDefinition } from '#shared/domain/program.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Columns } from '#renderer/ui/columns.tsx';
import { NumberField } from '#renderer/ui/number-field.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { useEditor } from './editor-context.tsx';
import { NameField } from './fields.tsx';
import { without } from './program-draft.ts';
import { SectionCard } from './section-card.tsx';
import styles from './program-form.module.css';

const BASIS_POINTS = 100;
/** One percent. */
const USUAL_SHARE = 100;

export function CharitySection() {
  const { t } = useTranslation('programs');
  const { draft, change } = useEditor();
  const { charity } = draft;
  return (
    <SectionCard section="charity" parts={['charity']}>
      {charity ? (
        <CharityForm charity={charity} />
      ) : (
        <div>
          <Button
            onPress={() =>
              change({ ...draft, charity: { name: '', basisPoints: USUAL_SHARE, rounding: 'down' } })
            }
          >
            {t('sections.charity.add')}
          </Button>
        </div>
      )}
    </SectionCard>
  );
}

function CharityForm({ charity }: { readonly charity: NonNullable<ProgramDefinition['charity']> }) {
  const { t } = useTranslation('programs');
  const { draft, change, sentenceAt, goToSection } = useEditor();
  const set = (next: Partial<typeof charity>) => change({ ...draft, charity: { ...charity, ...next } });
  return (
    <>
      <p className={styles['sentenceText']}>{sentenceAt({ part: 'charity' })}</p>
      <Columns of="fields">
        <NameField label={t('charity.name')} value={charity.name} onChange={(name) => set({ name })} />
        <NumberField
          label={t('charity.percent')}
          // Kept in hundredths of a percent: a whole number.
          value={charity.basisPoints / BASIS_POINTS}
          onChange={(percent) => set({ basisPoints: Math.round(percent * BASIS_POINTS) })}
          minValue={0.01}
          maxValue={100}
          formatOptions={{ maximumFractionDigits: 2 }}
          error={Number.isNaN(charity.basisPoints) ? t('fields.numberMissing') : undefined}
        />
        <Select
          label={t('earning.rounding')}
          options={ROUNDINGS.map((id) => ({ id, label: t(`earning.roundings.${id}`) }))}
          value={charity.rounding}
          onChange={(rounding) => set({ rounding })}
        />
      </Columns>
      <div>
        <Button
          variant="quiet"
          icon={Trash2}
          onPress={() => {
            change(without(draft, 'charity'));
            goToSection('charity');
          }}
        >
          {t('charity.remove')}
        </Button>
      </div>
    </>
  );
}
