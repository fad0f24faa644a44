import type { common as english } from '../en/everywhere.ts';
import type { TranslationOf } from '../../translation.ts';

export const common: TranslationOf<typeof english> = {
  app: 'Tenpunch',
  cancel: 'Vazgeç',
  save: 'Kaydet',
  close: 'Kapat',
  back: 'Geri',
  next: 'İleri',
  done: 'Tamam',
  edit: 'Düzenle',
  copy: 'Kopyala',
  copied: 'Kopyalandı',
  retry: 'Yeniden dene',
  undo: 'Geri al',
  yes: 'Evet',
  no: 'Hayır',
  loading: 'Yükleniyor…',
  dismiss: 'Kapat',
  notifications: 'Mesajlar',
  noName: 'İsimsiz',
  never: 'hiç',
  nav: {
    label: 'Ekranlar',
    counter: 'Tezgâh',
    members: 'Üyeler',
    day: 'Gün sonu',
    settings: 'Ayarlar',
    practice: 'Alıştırma',
  },
  practice: {
    title: 'Alıştırma modu',
    text: 'Burada yaptıklarınız dükkânınızın üyelerine dokunmaz.',
    leave: 'Dükkâna dön',
  },
  unit: {
    stamp_one: '{{count}} damga',
    stamp_other: '{{count}} damga',
    custom: '{{count}} {{word}}',
  },
  storage: {
    'disk-full': 'Disk dolu. Hiçbir şey kaybolmadı ama kaydedilemiyor: biraz yer açıp yeniden deneyin.',
    closed: 'Depo, tarayıcı ya da başka bir pencere tarafından kapatıldı. Devam etmek için yeniden yükleyin.',
    denied:
      'Bu tarayıcı Tenpunch’ın veri saklamasına izin vermiyor. Gizli gezinmeden çıkın ya da bu sayfaya izin verin.',
    broken: 'Depo okunamıyor ya da yazılamıyor. Yeniden yükleyin; düzelmezse Ayarlar’daki Tanılama’ya bakın.',
  },
  boot: {
    opening: 'Kartlarınız açılıyor…',
    rebuilding: 'Kartlar düzenleniyor…',
    newerTitle: 'Verileriniz bu uygulamadan yeni',
    newerText:
      'Daha yeni bir Tenpunch bu verilerle çalıştı. Hiçbir şey bozulmasın diye bu sürüm onlara dokunmuyor. Lütfen Tenpunch’ı güncelleyin.',
    lostTitle: 'Bu kasanın kartları kaybolmuş',
    lostText:
      'Bu kasada bir dükkân vardı ama deposu boş: tarayıcı onu silmiş. Dosyaları bozulduğunda ya da veriler temizlendiğinde böyle yapar. Tezgâhta yaptığınız bir şeyden olmadı.',
    lostHelp:
      'Bir diskte ya da bilgisayarın yedeğinde bu kasanın verilerinin kopyası varsa saklayın ve yeniden damga basmadan önce geri yükleyin. Kopya yoksa yeniden başlayın: üyeler boş kartlarla başlar.',
    lostStartAnew: 'Yeniden başla',
    failedTitle: 'Tenpunch deposunu açamıyor',
    closedTitle: 'Depo kapatıldı',
    closedText:
      'Başka bir pencere Tenpunch’ı güncelledi ya da tarayıcı depoyu kapattı. Tamamlandı diye gösterilen her şey güvende.',
    reload: 'Yeniden yükle',
    crashTitle: 'Bu ekranda bir şeyler ters gitti',
    crashText: 'Tamamlandı diye gösterilen her şey güvende. Devam etmek için yeniden yükleyin.',
  },
};
