import type { Ga4Names } from '../names.ts';

/** Names that GA4 has in Turkish. */
export const TR: Ga4Names = {
  name: 'Turkish',
  decimal: ',',
  total: 'Genel toplam | Toplamlar | Toplam',
  unset: '(ayarlanmadı) | (ayarlanmamış) | (yok)',
  date: 'Tarih',
  nthDay: 'N. gün',
  otherTime:
    'Saat | N. saat | Dakika | Tarih + saat (YYYYAAGGSS) | Gün | Haftanın günü | Hafta | N. hafta | Ay | N. ay | Yıl | N. yıl',
  source: 'Oturum kaynağı | Kaynak',
  medium: 'Oturum aracı | Oturum ortamı | Aracı | Ortam',
  sourceMedium:
    'Oturum kaynağı/aracı | Oturum kaynağı/ortamı | Oturum kaynağı/aracısı | Kaynak/aracı | Kaynak/ortam',
  campaign: 'Oturum kampanyası | Kampanya',
  term: 'Oturum manuel terimi',
  content: 'Oturum manuel reklam içeriği',
  channel:
    'Oturum birincil kanal grubu (varsayılan kanal grubu) | Oturumun birincil kanal grubu (varsayılan kanal grubu) | Oturum birincil kanal grubu | Oturum varsayılan kanal grubu | Oturumun varsayılan kanal grubu | Varsayılan kanal grubu',
  page: 'Sayfa yolu ve ekran sınıfı | Sayfa yolu | Sayfa yolu + sorgu dizesi',
  landingPage: 'Açılış sayfası | Açılış sayfası + sorgu dizesi',
  hostname: 'Ana makine adı',
  eventName: 'Etkinlik adı',
  country: 'Ülke | Ülke kimliği',
  region: 'Bölge',
  city: 'Şehir',
  language: 'Dil | Dil kodu',
  browser: 'Tarayıcı',
  system: 'İşletim sistemi',
  device: 'Cihaz kategorisi',
  totalUsers: 'Toplam kullanıcı sayısı | Toplam kullanıcılar | Toplam kullanıcı | Kullanıcılar',
  activeUsers: 'Etkin kullanıcılar | Etkin kullanıcı sayısı',
  sessions: 'Oturumlar | Oturum sayısı',
  engagedSessions:
    'Etkileşimli oturumlar | Etkileşim gerçekleşen oturumlar | Etkileşimde bulunulan oturumlar',
  engagementRate: 'Etkileşim oranı',
  bounceRate: 'Hemen çıkma oranı',
  duration: 'Ortalama oturum süresi',
  views: 'Görüntüleme sayısı | Görüntülemeler | Sayfa görüntüleme sayısı',
  events: 'Etkinlik sayısı',
  leftOut:
    'Yeni kullanıcılar | Yeni kullanıcı sayısı | Geri gelen kullanıcılar | Kullanıcı etkileşimi | Ortalama etkileşim süresi | Oturum başına ortalama etkileşim süresi | Etkin kullanıcı başına ortalama etkileşim süresi | Etkin kullanıcı başına etkileşimli oturum sayısı | Etkin kullanıcı başına oturum sayısı | Kullanıcı başına oturum sayısı | Etkin kullanıcı başına görüntüleme sayısı | Kullanıcı başına görüntüleme sayısı | Oturum başına görüntüleme sayısı | Oturum başına etkinlik sayısı | Etkin kullanıcı başına etkinlik sayısı | Kullanıcı başına etkinlik sayısı | Etkinlik değeri | Önemli etkinlikler | Oturumdaki önemli etkinlik oranı | Dönüşümler | Toplam gelir | Satın alma geliri | E-ticaret satın alma işlemleri | İşlemler | Toplam satın alan kullanıcı sayısı | Sepete ekleme sayısı | Ödeme sayısı | Girişler | Çıkışlar',
};
