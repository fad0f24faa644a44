/**
 * Words at the head of a column, folded as `foldName` folds them (no case, no accents), in the languages of the shops
 * we know: English, Turkish, German, Spanish, French, Italian, Dutch, Portuguese, Arabic.
 */
const WORDS = {
  phone:
    'phone|phone number|telephone|tel|tel no|mobile|mobile number|mobile phone|cell|cellphone|cell phone|gsm|whatsapp|number|telefon|telefon no|telefon numarasi|cep|cep telefonu|cep tel|cep no|numara|numarasi|handy|handynummer|mobil|mobilnummer|rufnummer|telefonnummer|nummer|telefono|movil|celular|numero|numero de telefono|portable|numero de telephone|n tel|no tel|mob|cellulare|telefoonnummer|mobiel|telemovel|telefone|هاتف|الهاتف|رقم الهاتف|جوال|الجوال|رقم الجوال|موبايل|رقم',
  name: 'name|full name|fullname|customer|customer name|client|member|member name|nom|nom complet|nom client|isim|ad soyad|adi soyadi|ad soyadi|isim soyisim|musteri|musteri adi|uye|kunde|kundenname|nombre|nombre completo|cliente|naam|klant|nome completo|nominativo|الاسم|اسم|اسم العميل|العميل|الاسم الكامل',
  'first-name':
    'first name|firstname|given name|forename|prenom|vorname|ad|adi|voornaam|nombre de pila|nome|الاسم الاول',
  'last-name':
    'last name|lastname|surname|family name|nom de famille|nom famille|nachname|familienname|soyad|soyadi|soyisim|apellido|apellidos|cognome|achternaam|sobrenome|apelido|اسم العائلة|اللقب',
  card: 'card|card code|card number|card no|card id|cardno|barcode|bar code|qr|loyalty number|loyalty id|member id|member no|member number|customer number|customer id|carte|code carte|numero de carte|no carte|n carte|carte fidelite|code barre|code barres|kart|kart no|kart kodu|kart numarasi|barkod|musteri no|uye no|karte|kartennummer|kartennr|kundennummer|kundennr|karten nr|tarjeta|numero de tarjeta|codigo|tessera|numero tessera|codice|kaart|kaartnummer|klantnummer|cartao|numero do cartao|بطاقة|رقم البطاقة|الباركود',
  birthday:
    'birthday|birth date|birthdate|date of birth|dob|born|bday|anniversaire|date de naissance|naissance|date naissance|ne le|nee le|dogum tarihi|dogum gunu|d tarihi|geburtstag|geburtsdatum|geboren|geb datum|cumpleanos|fecha de nacimiento|fecha nacimiento|nacimiento|compleanno|data di nascita|nascita|verjaardag|geboortedatum|data de nascimento|nascimento|aniversario|تاريخ الميلاد|الميلاد|عيد الميلاد',
  note: 'note|notes|comment|comments|remark|remarks|memo|remarque|remarques|commentaire|commentaires|bemerkung|bemerkungen|notiz|notizen|anmerkung|kommentar|not|notlar|aciklama|yorum|nota|notas|observacion|observaciones|comentario|comentarios|osservazioni|commento|opmerking|opmerkingen|observacoes|ملاحظة|ملاحظات|تعليق',
  balance:
    'stamps|stamp|points|point|balance|stars|beans|punches|nb stamps|current stamps|tampons|tampon|nb tampons|solde|points fidelite|solde points|nb points|stempel|anzahl stempel|punkte|punktestand|guthaben|stand|damga|damgalar|damga sayisi|puan|puanlar|bakiye|pul|sellos|puntos|saldo|saldo de puntos|estampillas|punti|timbri|bollini|stempels|punten|tegoed|pontos|carimbos|نقاط|النقاط|رصيد|الرصيد|اختام|الاختام|طوابع',
  tier: 'tier|level|status|rank|membership level|member level|loyalty level|niveau|niveau fidelite|statut|statut fidelite|palier|rang|stufe|mitgliedsstufe|kundenstatus|seviye|uyelik seviyesi|kademe|statu|nivel|nivel de fidelidad|livello|stato|escalao|المستوى|مستوى|الفية|فية|الدرجة',
  pass: 'pass|pass until|pass valid until|valid until|valid till|valid to|membership until|membership expires|member until|paid until|subscription|subscription until|expiry date|expiry|expires|expires on|expiration date|abonnement|abonnement jusqu au|pass jusqu au|pass valable jusqu au|valable jusqu au|fin d abonnement|fin abonnement|date d expiration|expiration|echeance|abo|abo bis|pass bis|gultig bis|ablaufdatum|abonelik|abonelik bitis|uyelik bitis|uyelik bitis tarihi|gecerlilik|gecerlilik tarihi|son gecerlilik|bitis tarihi|pase|pase hasta|valido hasta|suscripcion|fecha de caducidad|caducidad|vencimiento|abbonamento|valido fino al|scadenza|geldig tot|vervaldatum|passe|valido ate|validade|صالح حتى|الاشتراك|اشتراك|انتهاء الاشتراك|تاريخ الانتهاء',
} as const;

/** Which of the two a word at the head of a balance speaks of; a plain "balance" may be either. */
const UNIT_WORDS = {
  stamps:
    /(?:^| )(?:stamps?|punches|stars|beans|(?:nb )?tampons?|stempels?|damga|damgalar|pul|sellos|estampillas|timbri|bollini|carimbos|اختام|الاختام|طوابع)(?: |$)/,
  points:
    /(?:^| )(?:points?|pts|punkte|punktestand|puan|puanlar|puntos|punti|punten|pontos|نقاط|النقاط)(?: |$)/,
} as const;

export function unitInHeader(header: string): 'stamps' | 'points' | undefined {
  if (UNIT_WORDS.points.test(header)) return 'points';
  return UNIT_WORDS.stamps.test(header) ? 'stamps' : undefined;
}

export type HeaderRole = keyof typeof WORDS;

export const HEADER_WORDS = Object.fromEntries(
  Object.entries(WORDS).map(([role, words]) => [role, words.split('|')]),
) as unknown as Readonly<Record<HeaderRole, readonly string[]>>;

/** A header as words with single spaces between them. */
export const plainWords = (header: string): string => header.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** A header's own word counts more than anything its cells look like. */
const EXACT_WORD = 3;
const PART_WORD = 2;

/** Roles a header's words speak for. */
export function scoreWords(header: string): Map<HeaderRole, number> {
  const scores = new Map<HeaderRole, number>();
  if (header === '') return scores;
  const padded = ` ${plainWords(header)} `;
  for (const [role, words] of Object.entries(HEADER_WORDS) as [HeaderRole, readonly string[]][]) {
    for (const word of words) {
      const score = padded === ` ${word} ` ? EXACT_WORD : padded.includes(` ${word} `) ? PART_WORD : 0;
      // "card number" is a card though "number" alone is a phone: the longer word knows better.
      const weighted = score === 0 ? 0 : score + word.length / 100;
      if (weighted > (scores.get(role) ?? 0)) scores.set(role, weighted);
    }
  }
  return scores;
}
