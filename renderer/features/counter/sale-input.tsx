import { useTranslation } from 'react-i18next';
import { itemKey } from '#shared/domain/program.ts';
import { Keycap } from '#renderer/ui/keycap.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TallyButtons, type TallyGroup } from '#renderer/ui/tally-buttons.tsx';
import { countOf, thingKey, type SaleThing } from './sale-entry.ts';
import type { Counter } from './use-counter.ts';
import styles from './enter-row.module.css';

/** Buttons of what is sold, where a program asks. */
export function SaleItems({ counter }: { readonly counter: Counter }) {
  if (counter.needs.items.length === 0) return null;
  return (
    <div className={styles['items']} data-testid="sale">
      <Things counter={counter} />
    </div>
  );
}

/** The kind of sale, where some are excluded, and only when there is an amount they would exclude. */
export function SaleType({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation('counter');
  const { needs, sale } = counter;
  const isAsked = sale.amount > 0 || sale.isAmountOpen || sale.type !== null;
  if (needs.saleTypes.length === 0 || !isAsked) return null;
  return (
    <Segmented
      label={t('sale.type')}
      segments={[
        { id: ORDINARY, label: t('sale.ordinary') },
        ...needs.saleTypes.map((type) => ({ id: type, label: type })),
      ]}
      value={sale.type ?? ORDINARY}
      onChange={(type) => counter.setSaleType(type === ORDINARY ? null : type)}
    />
  );
}

/** No kind of sale has an empty name. */
const ORDINARY = '';
/** Keys for the first ones. */
const DIGITS = 9;
/** More than these stand in groups. */
const ONE_GROUP = 8;

function Things({ counter }: { readonly counter: Counter }) {
  const { t } = useTranslation('counter');
  const { needs, sale } = counter;
  const things = needs.items.map((thing, index) => ({ thing, index }));
  const find = (id: string) => needs.items.find((thing) => thingKey(thing) === id);
  const add = (id: string, by: 1 | -1) => {
    const thing = find(id);
    if (thing) counter.addThing(thing, by);
  };
  const itemOf = ({ thing, index }: { readonly thing: SaleThing; readonly index: number }) => ({
    id: thingKey(thing),
    label: thing.item ?? thing.category ?? '',
    note: thing.item === null ? t('sale.category') : undefined,
    count: countOf(sale.lines, thing),
    hint: index < DIGITS ? <Keycap>{`Alt ${index + 1}`}</Keycap> : undefined,
  });
  const groups: TallyGroup[] =
    things.length <= ONE_GROUP
      ? [{ id: 'all', items: things.map(itemOf) }]
      : groupByCategory(things).map(([title, own]) => ({
          id: title === '' ? 'others' : itemKey(title),
          title: title === '' ? t('sale.others') : title,
          items: own.map(itemOf),
        }));
  return (
    <TallyButtons
      label={t('sale.items')}
      groups={groups}
      onMore={(id) => add(id, 1)}
      onLess={(id) => add(id, -1)}
      lessLabel={({ label }) => t('sale.less', { item: label })}
    />
  );
}

function groupByCategory<Entry extends { readonly thing: SaleThing }>(
  entries: readonly Entry[],
): [string, Entry[]][] {
  const groups = new Map<string, { readonly title: string; readonly own: Entry[] }>();
  for (const entry of entries) {
    const title = entry.thing.category ?? '';
    const known = groups.get(itemKey(title));
    if (known) known.own.push(entry);
    else groups.set(itemKey(title), { title, own: [entry] });
  }
  return [...groups.values()].map(({ title, own }) => [title, own]);
}
