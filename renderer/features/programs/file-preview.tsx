import { useTranslation } from 'react-i18next';
import { useShop } from '#renderer/data/usual-data.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { RadioCards } from '#renderer/ui/radio-cards.tsx';
import type { ImportChoice, ImportPlan } from './program-import.ts';
import { ProgramPreview } from './program-preview.tsx';
import styles from './publish-dialog.module.css';
import { PublishSummary } from './publish-dialog.tsx';

interface FilePreviewProps {
  readonly plan: ImportPlan;
  readonly choice: ImportChoice;
  readonly onChoose: (kind: ImportChoice['kind']) => void;
}

/** The program in the file, as members would see it, and what it would change here. */
export function FilePreview({ plan, choice, onChoose }: FilePreviewProps) {
  const { t } = useTranslation('programs');
  const shop = useShop();
  const version = plan.choices.find(({ kind }) => kind === 'version');
  return (
    <>
      {plan.isKnown ? <Banner>{t('file.same')}</Banner> : null}
      {version ? (
        <RadioCards<ImportChoice['kind']>
          label={t('file.become')}
          cards={[
            {
              id: 'version',
              title: t('file.asVersion', { version: version.base.version + 1 }),
              description: t('file.asVersionNote', { name: version.base.name }),
            },
            { id: 'new', title: t('file.asNew'), description: t('file.asNewNote') },
          ]}
          value={choice.kind}
          onChange={onChoose}
        />
      ) : null}
      <div className={styles['columns']}>
        <ProgramPreview program={choice.wanted} shopName={shop?.name ?? ''} />
        <div className={styles['body']}>
          <h3>{choice.wanted.name}</h3>
          <PublishSummary base={choice.base} wanted={choice.wanted} />
        </div>
      </div>
    </>
  );
}
