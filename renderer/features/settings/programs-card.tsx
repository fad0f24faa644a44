import { useTranslation } from 'react-i18next';
import { Plus } from 'lucide-react';
import { useNavigate } from 'react-router';
import { listCurrentPrograms, type ProgramDefinition } from '#shared/domain/program.ts';
import { usePrograms } from '#renderer/data/usual-data.tsx';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { stampIcons } from '#renderer/ui/stamp-icon.ts';
import { LinkRow } from './link-row.tsx';
import styles from './settings.module.css';

/** Every program of the shop: what it does in plain words, and whether it still runs. */
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
            <ProgramRow program={program} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The first ones say what it is about; the program's own screen says all of them. */
const MOST_SENTENCES = 3;

function ProgramRow({ program }: { readonly program: ProgramDefinition }) {
  const { t } = useTranslation(['programs', 'settings']);
  const words = useProgramWords();
  const sentences = words
    .sentences(program)
    .filter(({ place }) => place.part === 'earn' || place.part === 'rewards' || place.part === 'offers')
    .slice(0, MOST_SENTENCES)
    .map(({ text }) => text);
  return (
    <LinkRow
      href={`#/programs/${encodeURIComponent(program.id)}`}
      icon={stampIcons[program.unit.icon]}
      title={program.name}
      note={`${sentences.join(' ')} · ${t('settings:programs.version', { version: program.version })}`}
      end={program.isWithdrawn ? <Badge tone="warning">{t('programs:withdraw.state')}</Badge> : null}
    />
  );
}
