import { useTranslation } from 'react-i18next';
import { Plus } from 'lucide-react';
import { useNavigate } from 'react-router';
import { listCurrentPrograms } from '#shared/domain/program.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { stampIcons } from '#renderer/ui/stamp-icon.ts';
import { LinkRow } from './link-row.tsx';
import styles from './settings.module.css';

export function ProgramsCard() {
  const { t } = useTranslation(['settings', 'common']);
  const navigate = useNavigate();
  const book = usePrograms();
  const programs = book && listCurrentPrograms(book);
  return (
    <Card
      title={t('programs.title')}
      actions={
        <Button icon={Plus} onPress={() => void navigate('/programs/new')}>
          {t('programs.add')}
        </Button>
      }
    >
      {programs?.length === 0 ? <Banner tone="warning">{t('programs.none')}</Banner> : null}
      <ul className={styles['links']}>
        {programs?.map((program) => (
          <li key={program.id}>
            <LinkRow
              href={`#/programs/${encodeURIComponent(program.id)}`}
              icon={stampIcons[program.unit.icon]}
              title={program.name}
              note={`${t('common:unit.stamp', { count: program.unit.size })} · ${t('programs.version', { version: program.version })}`}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
