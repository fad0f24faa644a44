import { formatCardCode } from '#shared/domain/card-code.ts';
import { DrawnPicture } from '#renderer/ui/drawn-picture.tsx';
import styles from './card-face.module.css';
import type { CardPictures } from './encode-card.ts';
import type { Words } from './use-words.ts';

interface CardFaceProps {
  readonly code: string;
  /** Undefined while they are drawn, null when they can't be. */
  readonly pictures: CardPictures | null | undefined;
  readonly shopName: string;
  readonly name: string;
  readonly words: Words;
}

/** The member's card as it is printed: black on white in every theme, because scanners read it. */
export function CardFace({ code, pictures, shopName, name, words }: CardFaceProps) {
  const { t } = words;
  const shown = formatCardCode(code);
  return (
    <div className={styles['face']}>
      <div className={styles['texts']}>
        <p className={styles['shop']}>
          <bdi>{shopName}</bdi>
        </p>
        {name === '' ? null : (
          <p className={styles['name']}>
            <bdi>{name}</bdi>
          </p>
        )}
      </div>
      <div className={styles['qr']}>
        {pictures ? (
          <DrawnPicture picture={pictures.qr} label={t('members:card.qr', { code: shown })} />
        ) : null}
      </div>
      <div className={styles['bars']}>
        {pictures ? (
          <DrawnPicture picture={pictures.bars} label={t('members:card.bars', { code: shown })} isStretched />
        ) : null}
        <p className={styles['code']} dir="ltr">
          {shown}
        </p>
      </div>
    </div>
  );
}
