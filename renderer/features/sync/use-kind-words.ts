import { useTranslation } from 'react-i18next';
import { eventDataSchemas, type EventType } from '#shared/ledger/event.ts';

const isKnown = (type: string): type is EventType => Object.hasOwn(eventDataSchemas, type);

/** What kind of entry an event is, in the shop's words; a newer version's types share one. */
export function useKindWords(): (type: string) => string {
  const { t } = useTranslation('sync');
  return (type) => t(`unsent.kinds.${isKnown(type) ? type : 'other'}`);
}
