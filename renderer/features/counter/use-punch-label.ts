import { useTranslation } from 'react-i18next';
import { useProgramWords } from '#renderer/i18n/program-words.ts';
import { saleOf } from './sale-entry.ts';
import type { Counter } from './use-counter.ts';

/** What Enter does for the member on screen, on its button and spoken. */
export function usePunchLabel({
  count,
  defaultCount,
  countsVisits,
  needs,
  needsSale,
  sale,
}: Counter): string {
  const { t } = useTranslation('counter');
  const words = useProgramWords();
  const isSaid = saleOf(sale) !== undefined;
  if (needsSale && !isSaid) return needs.amount ? t('action.askAmount') : t('action.askItems');
  const amount = sale.amount > 0 ? words.money(sale.amount, needs.currency ?? undefined) : undefined;
  if (!countsVisits) return amount === undefined ? t('action.countVisit') : t('action.count', { amount });
  const punch = t('action.punch', { count: count ?? defaultCount });
  return amount === undefined ? punch : `${punch}: ${amount}`;
}
