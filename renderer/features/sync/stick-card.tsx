import { useTranslation } from 'react-i18next';
import { Usb } from 'lucide-react';
import { useNavigate } from 'react-router';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import styles from './sync-screen.module.css';

/** Where a person carries what the network does not. The buttons themselves are on the screen of the day. */
export function StickCard() {
  const { t } = useTranslation('sync');
  const navigate = useNavigate();
  return (
    <Card title={t('stick.title')} description={t('stick.text')}>
      <div className={styles['buttons']}>
        <Button icon={Usb} onPress={() => void navigate('/day')}>
          {t('stick.open')}
        </Button>
      </div>
    </Card>
  );
}
