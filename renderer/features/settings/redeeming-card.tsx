import { useTranslation } from 'react-i18next';
import { DEFAULT_REDEEMING, MAX_DAILY_CAP, OFFLINE_RULES, type Redeeming } from '#shared/domain/redeeming.ts';
import type { Shop } from '#renderer/data/shop.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { useShop } from '#renderer/data/usual-data.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { NumberField } from '#renderer/ui/number-field.tsx';
import { RadioCards } from '#renderer/ui/radio-cards.tsx';
import { Switch } from '#renderer/ui/switch.tsx';
import type { SettingsWriter } from './use-settings-commands.ts';

/** What tills do with rewards while they can't ask each other. Only a shop with an endpoint has others to ask. */
export function RedeemingCard({ writer }: { readonly writer: SettingsWriter }) {
  const { t } = useTranslation('settings');
  const shop = useShop();
  return (
    <Card title={t('redeeming.title')} description={t('redeeming.note')}>
      {shop ? <RedeemingFields shop={shop} writer={writer} /> : null}
    </Card>
  );
}

function RedeemingFields({ shop, writer }: { readonly shop: Shop; readonly writer: SettingsWriter }) {
  const { t } = useTranslation('settings');
  const { identity } = useStore();
  const redeeming = shop.redeeming ?? DEFAULT_REDEEMING;
  const { rule, mainTill, dailyCap } = redeeming;
  const change = (next: Partial<Redeeming>) =>
    void writer.changeShop({ ...shop, redeeming: { ...redeeming, ...next } });
  return (
    <>
      <RadioCards
        label={t('redeeming.rule')}
        columns={1}
        cards={OFFLINE_RULES.map((id) => ({
          id,
          title: t(`redeeming.rules.${id}`),
          description: t(`redeeming.texts.${id}`),
        }))}
        value={rule}
        onChange={(chosen) => {
          // Somebody must be able to give rewards: the till where it is chosen, until another one says it is.
          if (chosen !== rule) change({ rule: chosen, ...(mainTill ? {} : { mainTill: identity.till }) });
        }}
      />
      {rule === 'allow' ? (
        <NumberField
          label={t('redeeming.dailyCap')}
          description={t('redeeming.dailyCapNote')}
          value={dailyCap}
          minValue={0}
          maxValue={MAX_DAILY_CAP}
          onChange={(value) => {
            if (Number.isInteger(value) && value !== dailyCap) change({ dailyCap: value });
          }}
        />
      ) : null}
      {rule === 'main-till' ? (
        <Switch
          description={mainTill === identity.till ? undefined : t('redeeming.anotherTill')}
          isSelected={mainTill === identity.till}
          // Given over by switching it on elsewhere: a shop without a main till could give nothing.
          isDisabled={mainTill === identity.till}
          onChange={() => change({ mainTill: identity.till })}
        >
          {t('redeeming.mainTill')}
        </Switch>
      ) : null}
    </>
  );
}
