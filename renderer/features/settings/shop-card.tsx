import { useTranslation } from 'react-i18next';
import { cleanName } from '#shared/domain/person-name.ts';
import { isCountry } from '#shared/domain/phone-number.ts';
import type { Shop } from '#renderer/data/shop.ts';
import { useShop } from '#renderer/data/usual-data.tsx';
import { useCountryOptions } from '#renderer/i18n/country-options.ts';
import { Card } from '#renderer/ui/card.tsx';
import { ComboBox } from '#renderer/ui/combo-box.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { useTextSetting, type SettingsWriter } from './use-settings-commands.ts';

const MAX_SHOP_NAME_LENGTH = 60;

const isName = (text: string): boolean => cleanName(text) !== '';

export function ShopCard({ writer }: { readonly writer: SettingsWriter }) {
  const { t } = useTranslation('settings');
  const shop = useShop();
  return (
    <Card title={t('shop.title')} description={t('shop.note')}>
      {shop ? <ShopFields shop={shop} writer={writer} /> : null}
    </Card>
  );
}

function ShopFields({ shop, writer }: { readonly shop: Shop; readonly writer: SettingsWriter }) {
  const { t } = useTranslation('settings');
  const countries = useCountryOptions();
  const name = useTextSetting(shop.name, (text) => void writer.changeShop({ ...shop, name: text }), isName);
  return (
    <>
      <TextField
        label={t('shop.name')}
        {...name}
        maxLength={MAX_SHOP_NAME_LENGTH}
        error={isName(name.value) ? undefined : t('shop.nameMissing')}
      />
      <ComboBox
        label={t('shop.country')}
        description={t('shop.countryNote')}
        options={countries}
        value={isCountry(shop.country) ? shop.country : null}
        onChange={(country) => {
          if (country !== shop.country) void writer.changeShop({ ...shop, country });
        }}
        emptyText={t('shop.countryNotFound')}
      />
    </>
  );
}
