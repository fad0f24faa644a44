import { useTranslation } from 'react-i18next';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Card } from '#renderer/ui/card.tsx';
import styles from './program-editor.module.css';
import { ProgramSentences } from './program-sentences.tsx';
import { useHoldings } from './use-holdings.ts';

/** Everything that was ever promised under this program, newest first. */
export function ProgramVersions({ versions }: { readonly versions: readonly ProgramDefinition[] }) {
  const { t } = useTranslation('programs');
  const current = versions.at(-1);
  const holdings = useHoldings(current?.id ?? '');
  return (
    <Card title={t('versions.title')} description={t('versions.note')}>
      <ol className={styles['versions']}>
        {versions.toReversed().map((version) => {
          const count = holdings?.openCards.get(version.version) ?? 0;
          return (
            <li key={version.version} className={styles['version']}>
              <div className={styles['versionHead']}>
                <h3>{t('versionOf', { version: version.version })}</h3>
                {version.isWithdrawn ? <Badge tone="warning">{t('versions.withdrawn')}</Badge> : null}
                {version === current && !version.isWithdrawn ? (
                  <Badge tone="accent">{t('versions.current')}</Badge>
                ) : null}
                {holdings && version.unit.kind === 'stamps' ? (
                  <Badge>{t('versions.cards', { count })}</Badge>
                ) : null}
              </div>
              <ProgramSentences program={version} />
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
