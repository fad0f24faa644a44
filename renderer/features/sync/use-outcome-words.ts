import { useTranslation } from 'react-i18next';

const OUTCOMES = [
  'ok',
  'no-answer',
  'busy',
  'not-ours',
  'unauthorized',
  'revoked',
  'too-old',
  'tls',
  'gap',
  'conflict',
  'refused',
  'fork',
  'behind',
  'other-epoch',
  'unreadable',
  'store-failed',
] as const;
type Outcome = (typeof OUTCOMES)[number];

const isWorded = (outcome: string): outcome is Outcome => (OUTCOMES as readonly string[]).includes(outcome);

/** What came of a batch, in words; a code that has none stands as it is. */
export function useOutcomeWords(): (outcome: string) => string {
  const { t } = useTranslation('sync');
  return (outcome) => {
    if (isWorded(outcome)) return t(`details.outcomes.${outcome}`);
    const status = /^http-(\d+)$/.exec(outcome)?.[1];
    return status === undefined
      ? t('details.outcomes.other', { code: outcome })
      : t('details.outcomes.http', { status });
  };
}
