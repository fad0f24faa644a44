import { CreditCard, Printer } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { ProfileContent } from '#shared/domain/profile.ts';
import { useShop } from '#renderer/data/usual-data.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Card } from '#renderer/ui/card.tsx';
import { CardFace } from './card-face.tsx';
import type { CardPictures } from './encode-card.ts';
import styles from './member-screen.module.css';
import { PrintSheet } from './print-sheet.tsx';
import type { Words } from './use-words.ts';

interface CodeCardProps {
  readonly profile: ProfileContent;
  readonly words: Words;
  readonly onEdit: () => void;
}

/** The card code as something to hold in a hand. */
export function CodeCard({ profile, words, onEdit }: CodeCardProps) {
  const { t } = words;
  const { card, name } = profile;
  const pictures = useCardPictures(card);
  const shop = useShop();
  const [isPrinting, setPrinting] = useState(false);
  const stopPrinting = useCallback(() => setPrinting(false), []);
  if (card === null) {
    return (
      <Card title={t('members:card.title')}>
        <p className={styles['soft']}>{t('members:card.none')}</p>
        <div className={styles['buttons']}>
          <Button icon={CreditCard} onPress={onEdit}>
            {t('members:card.give')}
          </Button>
        </div>
      </Card>
    );
  }
  const face = (
    <CardFace code={card} pictures={pictures} shopName={shop?.name ?? ''} name={name} words={words} />
  );
  return (
    <Card title={t('members:card.title')}>
      {face}
      {pictures === null ? <p className={styles['soft']}>{t('members:card.drawFailed')}</p> : null}
      <div className={styles['buttons']}>
        <Button icon={Printer} onPress={() => setPrinting(true)} isDisabled={pictures === undefined}>
          {t('members:card.print')}
        </Button>
        <Button variant="quiet" onPress={onEdit}>
          {t('members:card.change')}
        </Button>
      </div>
      {isPrinting ? <PrintSheet onClosed={stopPrinting}>{face}</PrintSheet> : null}
    </Card>
  );
}

/** Undefined while they are drawn, null when they can't be. */
function useCardPictures(code: string | null): CardPictures | null | undefined {
  const { log } = usePlatform();
  const [drawn, setDrawn] = useState<{ readonly code: string; readonly pictures: CardPictures | null }>();
  useEffect(() => {
    if (code === null) return undefined;
    let isLeft = false;
    const draw = async () => {
      let pictures: CardPictures | null = null;
      try {
        const { encodeCard } = await import('./encode-card.ts');
        pictures = encodeCard(code);
      } catch (error) {
        // The code is still good for typing; the picture is a convenience.
        log.error('card-not-drawn', { name: error instanceof Error ? error.name : 'unknown' });
      }
      if (!isLeft) setDrawn({ code, pictures });
    };
    void draw();
    return () => {
      isLeft = true;
    };
  }, [code, log]);
  return drawn?.code === code ? drawn?.pictures : undefined;
}
