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
  'halve',
] as const;
type Outcome = (typeof OUTCOMES)[number];

const isWorded = (outcome: string): outcome is Outcome => (OUTCOMES as readonly string[]).includes(outcome);

/** What came of a batch, in words; a code that has none stands as it is. */
export function useOutcomeWords(): (outcome: string) => string {
  const { t } = useTranslation('sync');
  return (outcome) =>
    isWorded(outcome) ? t(`details.outcomes.${outcome}`) : t('details.outcomes.other', { code: outcome });
}
